using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Support;

/// <summary>The portal as a process of its own: what only a process can prove - exit codes, the working directory, the console.</summary>
public sealed partial class PortalProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(string dll, string workingDirectory, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(dll);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetResult(null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The portal as <c>dotnet run</c> starts it.</summary>
    public static string BuiltDll { get; } =
        Path.Combine(Repository.Root, "src", "Portal", "bin", Repository.Configuration, "net10.0", "Portal.dll");

    /// <summary>Everything it wrote to the console.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Where it listens.</summary>
    public string Url { get; private set; } = "";

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
        var portal = new PortalProcess(dll, workingDirectory, Arguments(folder, settings, environment));
        portal.Url = await portal._address.Task.WaitAsync(TimeSpan.FromSeconds(60)) ?? "";
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
        await using var portal = new PortalProcess(BuiltDll, Repository.Root, Arguments(folder, settings, environment));
        await portal._process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (portal._process.ExitCode, string.Join('\n', portal.Output));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static List<string> Arguments(TemporaryFolder folder, IReadOnlyDictionary<string, string?>? settings, string environment)
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
        return [.. all.Where(s => s.Value is not null).Select(s => $"--{s.Key}={s.Value}")];
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (Announcement().Match(line) is { Success: true } announced)
            _address.TrySetResult(announced.Groups[1].Value);
    }

    [GeneratedRegex("Open (http://\\S+) and sign in")]
    private static partial Regex Announcement();
}
