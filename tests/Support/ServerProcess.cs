using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Support;

/// <summary>A server of ours as a process of its own: it says where it listens, and it can be killed.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    // A machine with every core busy takes its time.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    // The shell's input closes when this process ends, however that happens, and then the server is killed: nothing is left running.
    private const string Script = """
        exec 3<&0
        dotnet "$@" </dev/null 3<&- &
        server=$!
        { read -r _ <&3; kill -KILL $server; } 2>/dev/null >/dev/null &
        watcher=$!
        exec 3<&-
        wait $server
        code=$?
        kill $watcher 2>/dev/null
        exit $code
        """;

    private readonly Process _process;
    private readonly Regex _announcement;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly TaskCompletionSource<string?> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Starts the process and does not wait for it.</summary>
    /// <param name="dll">The program.</param>
    /// <param name="workingDirectory">Where it is started from.</param>
    /// <param name="settings">Its settings by key; null leaves one out.</param>
    /// <param name="announcement">What it writes when it listens; the first group is the address.</param>
    public ServerProcess(string dll, string workingDirectory, IEnumerable<KeyValuePair<string, string?>> settings, Regex announcement)
    {
        _announcement = announcement;
        var start = new ProcessStartInfo("sh", ["-c", Script, "sh", dll, .. settings.Where(s => s.Value is not null).Select(s => $"--{s.Key}={s.Value}")])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Exited += (_, _) => _address.TrySetResult(null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Everything it wrote to the console.</summary>
    public IReadOnlyList<string> Output => [.. _output];

    /// <summary>Where it listens, once it does; null when it ended before.</summary>
    public Task<string?> Listening => _address.Task.WaitAsync(Patience);

    /// <summary>Its exit code, once it has ended by itself.</summary>
    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: nothing is finished, nobody is told. Returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.StandardInput.Close();
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (_announcement.Match(line) is { Success: true } announced)
            _address.TrySetResult(announced.Groups[1].Value);
    }
}
