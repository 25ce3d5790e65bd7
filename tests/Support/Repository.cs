namespace Support;

/// <summary>Where the repository lies, seen from a test that runs in its output folder.</summary>
public static class Repository
{
    /// <summary>The folder of <c>Portal.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>The build that the tests belong to, <c>Debug</c> or <c>Release</c>.</summary>
    public static string Configuration { get; } =
        AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            ? "Release"
            : "Debug";

    /// <summary>An example of the contracts, as it stands in <c>tests/Payloads</c>.</summary>
    public static string Payload(string file) => File.ReadAllText(Path.Combine(Root, "tests", "Payloads", file));

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests must run inside the repository.");
        return folder.FullName;
    }
}
