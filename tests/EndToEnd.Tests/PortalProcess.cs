using System.Diagnostics;
using System.Text.RegularExpressions;

namespace EndToEnd.Tests;

/// <summary>The portal as a newcomer starts it: a process of its own with the sandbox inside, on a free port, with an empty data folder.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private readonly List<string> _said;

    private PortalProcess(Process process, DirectoryInfo data, List<string> said, string address) =>
        (_process, _data, _said, Address) = (process, data, said, address);

    /// <summary>A key of the management API with role admin.</summary>
    public const string ApiKey = "a-bootstrap-key-for-tests-of-more-than-32-characters";

    public string Address { get; }

    public static async Task<PortalProcess> StartAsync()
    {
        var data = Directory.CreateTempSubdirectory("portal-e2e-");
        var start = new ProcessStartInfo("dotnet", [Repository.PortalDll, "--urls", "http://127.0.0.1:0"])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ConnectionStrings__Portal"] = $"Data Source={Path.Combine(data.FullName, "portal.db")}";
        start.Environment["Api__BootstrapKey"] = ApiKey;
        start.Environment["Sandbox__StateFile"] = Path.Combine(data.FullName, "sandbox.db");
        var process = Process.Start(start)!;

        var listening = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new List<string>();
        void Hear(object _, DataReceivedEventArgs line)
        {
            lock (said)
                said.Add(line.Data ?? "");
            if (line.Data is { } text && Open().Match(text) is { Success: true } match)
                listening.TrySetResult(match.Groups[1].Value);
        }
        process.OutputDataReceived += Hear;
        process.ErrorDataReceived += Hear;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The portal ended: " + string.Join('\n', said)));
        process.EnableRaisingEvents = true;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new(process, data, said, await listening.Task.WaitAsync(Patience));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        lock (_said)
            File.WriteAllLines(Path.Combine(Repository.Screenshots, $"portal-{new Uri(Address).Port}.log"), _said);
        _data.Delete(recursive: true);
    }

    [GeneratedRegex(@"Open (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Open();
}
