using System.Text.Json;
using Benchmarks.Servers;

namespace Benchmarks.FarSides;

/// <summary>The process of the far sides, seen from the benchmark.</summary>
internal sealed class FarProcess : IAsyncDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private FarProcess(ServerProcess process)
    {
        Process = process;
        _http.BaseAddress = process.Address;
    }

    public ServerProcess Process { get; }

    public Uri Address => Process.Address;

    public static async Task<FarProcess> StartAsync(string folder)
    {
        var process = await ServerProcess.StartOwnAsync("serve-far-sides", folder);
        await Task.Yield();
        return new(process);
    }

    /// <summary>From now on replies come back to that address; null = no more.</summary>
    public async Task EchoToAsync(Uri? webhook)
    {
        using var content = new StringContent(webhook?.ToString() ?? "");
        using var answer = await _http.PostAsync("benchmark/webhook", content);
        await Task.Yield();
    }

    /// <summary>What it saw since the last time.</summary>
    public async Task<FarResults> TakeAsync()
    {
        var text = await _http.GetStringAsync("benchmark/results");
        await Task.Yield();
        return JsonSerializer.Deserialize<FarResults>(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }
}
