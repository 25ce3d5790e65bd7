using System.Text.RegularExpressions;

namespace Support;

/// <summary>The sandbox as a process of its own, so that the far sides live on when a portal dies.</summary>
public sealed partial class SandboxProcess : IAsyncDisposable
{
    private static readonly string Dll = Path.Combine(Repository.Root, "src", "Sandbox", "bin", Repository.Configuration, "net10.0", "Sandbox.dll");

    private readonly ServerProcess _process;

    private SandboxProcess(ServerProcess process, string url) => (_process, Url, Control) = (process, url, new(url));

    /// <summary>Everything of the sandbox lies under this address, for example <c>http://127.0.0.1:41234/sandbox</c>.</summary>
    public string Url { get; }

    /// <summary>What customers, agents, admins and tests do there.</summary>
    public SandboxControl Control { get; }

    /// <summary>Everything it wrote to the console.</summary>
    public IReadOnlyList<string> Output => _process.Output;

    /// <summary>Starts a sandbox on a free port and waits until it listens.</summary>
    public static async Task<SandboxProcess> StartAsync(TemporaryFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var settings = new Dictionary<string, string?> { ["urls"] = "http://127.0.0.1:0", ["Sandbox:StateFile"] = folder.File("sandbox.db") };
        var process = new ServerProcess(Dll, Repository.Root, settings, Announcement());
        if (await process.Listening is { } url)
            return new(process, url);
        var output = string.Join('\n', process.Output);
        await process.DisposeAsync();
        throw new InvalidOperationException($"The sandbox did not start:\n{output}");
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        Control.Dispose();
        return _process.DisposeAsync();
    }

    [GeneratedRegex("Sandbox: (http://\\S+)")]
    private static partial Regex Announcement();
}
