using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>The portal as a newcomer starts it: a process of its own with the sandbox inside, on a free port, with an empty data folder.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("portal-e2e-");
    private readonly List<string> _said = [];
    private Process _process = null!;

    private PortalProcess() { }

    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>The portal's database.</summary>
    public string Database => Path.Combine(_data.FullName, "portal.db");

    /// <summary>A key of the management API with role admin.</summary>
    public const string ApiKey = "a-bootstrap-key-for-tests-of-more-than-32-characters";

    public static async Task<PortalProcess> StartAsync()
    {
        var portal = new PortalProcess();
        await portal.BeginAsync();
        return portal;
    }

    /// <summary>Ends it without a word, as a power cut would, and starts it again where it was, with its data.</summary>
    public async Task RestartAsync()
    {
        await EndAsync();
        await BeginAsync();
    }

    private async Task BeginAsync()
    {
        var start = new ProcessStartInfo("dotnet", [Repository.PortalDll, "--urls", Address])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Portal"] = $"Data Source={Path.Combine(_data.FullName, "portal.db")}";
        start.Environment["Sandbox__StateFile"] = Path.Combine(_data.FullName, "sandbox.db");
        start.Environment["Api__BootstrapKey"] = ApiKey;
        var process = _process = Process.Start(start)!;

        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(object _, DataReceivedEventArgs line)
        {
            lock (_said)
                _said.Add(line.Data ?? "");
            if (line.Data is { } text && Open().Match(text) is { Success: true } match)
                listening.TrySetResult(match.Groups[1].Value);
        }
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The portal ended: " + string.Join('\n', _said)));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        Address = await listening.Task.WaitAsync(Patience);
    }

    private async Task EndAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        lock (_said)
            File.WriteAllLines(Path.Combine(Repository.Screenshots, $"portal-{new Uri(Address).Port}.log"), _said);
        _data.Delete(recursive: true);
    }

    [GeneratedRegex(@"Open (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Open();
}
