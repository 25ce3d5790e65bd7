using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Support;

namespace Benchmarks.Servers;

/// <summary>A server as a process of its own; ended by its id when it is disposed of, and when this process ends.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    /// <summary>What the generator sets for itself; a server under test is started without it.</summary>
    public static readonly KeyValuePair<string, string>[] GeneratorSettings =
    [
        new("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1"),
        new("DOTNET_SYSTEM_NET_SOCKETS_THREAD_COUNT", "1"),
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var setting in GeneratorSettings)
            start.Environment.Remove(setting.Key);
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetResult(null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        AppDomain.CurrentDomain.ProcessExit += Kill;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>What it wrote to the console, warnings and errors among it.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Processor time that it has used, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Its working set as the system counts it (<c>VmRSS</c>), in MB of a million bytes.</summary>
    public double WorkingSet =>
        int.Parse(File.ReadLines($"/proc/{Id}/status").First(line => line.StartsWith("VmRSS", StringComparison.Ordinal)).Split(' ')[^2], null) * 1024 / 1e6;

    /// <summary>Starts <c>dotnet</c> with these arguments and waits until the server says where it listens.</summary>
    public static async Task<ServerProcess> StartAsync(params IEnumerable<string> arguments)
    {
        var server = new ServerProcess(arguments);
        if (await server._address.Task.WaitAsync(Patience) is { } address)
        {
            server.Address = new Uri(address);
            return server;
        }
        var output = string.Join('\n', server.Output);
        await server.DisposeAsync();
        throw new InvalidOperationException($"The server did not start:\n{output}");
    }

    /// <summary>Another command of this program, with the runtime settings of the portal, so that only the code differs.</summary>
    public static Task<ServerProcess> StartOwnAsync(string command, string folder) =>
        StartAsync(
            "exec",
            "--runtimeconfig",
            Path.ChangeExtension(PublishedPortal.Dll, ".runtimeconfig.json"),
            typeof(ServerProcess).Assembly.Location,
            command,
            "--folder",
            folder
        );

    /// <summary>Asks it to stop and waits; kills it when it does not.</summary>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Kill;
        if (!_process.HasExited)
        {
            Native.AskToStop(Id);
            await _process.WaitForExitAsync().WaitAsync(Patience).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        Kill(null, EventArgs.Empty);
        _process.Dispose();
    }

    private void Kill(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (Announcement().Match(line) is { Success: true } announced)
            _address.TrySetResult(announced.Groups[1].Value);
    }

    [GeneratedRegex("Open (http://\\S+)")]
    private static partial Regex Announcement();
}
