using System.Text.RegularExpressions;

namespace Support;

/// <summary>The portal as a process of its own: what only a process can prove - exit codes, the working directory, the console.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private PortalProcess(string dll, string workingDirectory, IEnumerable<KeyValuePair<string, string?>> settings) =>
        _process = new(dll, workingDirectory, settings, Announcement());

    /// <summary>The portal as <c>dotnet run</c> starts it.</summary>
    public static string BuiltDll { get; } =
        Path.Combine(Repository.Root, "src", "Portal", "bin", Repository.Configuration, "net10.0", "Portal.dll");

    /// <summary>Everything it wrote to the console.</summary>
    public IReadOnlyList<string> Output => _process.Output;

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Starts a portal with these settings alone and does not wait for it.</summary>
    public static ServerProcess Begin(IEnumerable<KeyValuePair<string, string?>> settings) =>
        new(BuiltDll, Repository.Root, settings, Announcement());

    /// <summary>Starts a portal and waits until it listens.</summary>
    /// <param name="dll">The program.</param>
    /// <param name="workingDirectory">Where it is started from.</param>
    /// <param name="folder">The folder of its databases.</param>
    /// <param name="settings">Further settings.</param>
    /// <param name="environment">Its environment.</param>
    public static async Task<PortalProcess> StartAsync(
        string dll,
        string workingDirectory,
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string?>? settings = null,
        string environment = "Development"
    )
    {
        var portal = new PortalProcess(dll, workingDirectory, All(folder, settings, environment));
        portal.Url = await portal._process.Listening ?? "";
        if (portal.Url.Length > 0)
            return portal;
        var output = string.Join('\n', portal.Output);
        await portal.DisposeAsync();
        throw new InvalidOperationException($"The portal did not start:\n{output}");
    }

    /// <summary>Starts a portal that is expected to end by itself; tells its exit code and what it wrote.</summary>
    public static async Task<(int ExitCode, string Output)> EndAsync(
        TemporaryFolder folder,
        IReadOnlyDictionary<string, string?> settings,
        string environment
    )
    {
        await using var portal = new PortalProcess(BuiltDll, Repository.Root, All(folder, settings, environment));
        return (await portal._process.ExitCodeAsync(), string.Join('\n', portal.Output));
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static Dictionary<string, string?> All(TemporaryFolder folder, IReadOnlyDictionary<string, string?>? settings, string environment)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var all = new Dictionary<string, string?>
        {
            ["environment"] = environment,
            ["urls"] = "http://127.0.0.1:0",
            ["ConnectionStrings:Portal"] = $"Data Source={folder.File("portal.db")}",
            ["Sandbox:StateFile"] = folder.File("sandbox.db"),
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string?>())
            all[key] = value;
        return all;
    }

    [GeneratedRegex("Open (http://\\S+) and sign in")]
    private static partial Regex Announcement();
}
