namespace EndToEnd.Tests;

/// <summary>Where the product lies that is being proved.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The portal as <c>dotnet run</c> starts it, in the configuration of these tests.</summary>
    public static string PortalDll
    {
        get
        {
            var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(Root, "src", "Portal", "bin", output.Parent!.Name, output.Name, "Portal.dll");
        }
    }

    /// <summary>Pictures of the latest run, not committed.</summary>
    public static string Screenshots { get; } = Directory.CreateDirectory(Path.Combine(Root, "artifacts", "screenshots")).FullName;

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("Portal.sln was not found above the test's output.");
        return folder.FullName;
    }
}
