using System.Diagnostics;

namespace Core.Tests.Architecture;

/// <summary>The repository that this test was built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    private static readonly Lazy<IReadOnlyList<string>> Listed = new(List);

    /// <summary>Every file under version control or about to be, relative, with forward slashes.</summary>
    public static IReadOnlyList<string> Files => Listed.Value;

    public static string Path(string relative) => System.IO.Path.Combine(Root, relative);

    /// <summary>The C# and Razor sources below a folder.</summary>
    public static IEnumerable<string> Sources(string folder) =>
        Files.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal) && (System.IO.Path.GetExtension(f) is ".cs" or ".razor"));

    private static string Find(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Portal.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No Portal.sln above {from}.");
    }

    private static IReadOnlyList<string> List()
    {
        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(f => File.Exists(Path(f)))];
    }
}
