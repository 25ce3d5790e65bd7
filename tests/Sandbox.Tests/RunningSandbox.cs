using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Sandbox.Tests;

/// <summary>
/// A sandbox on a real socket of this machine, with a state file of its own. Without a clock it is the process form; with one it is
/// mounted into another application, which is the form that takes a clock.
/// </summary>
public sealed class RunningSandbox : IAsyncLifetime
{
    private readonly TimeProvider? _clock;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"sandbox-tests-{Guid.NewGuid():N}");
    private readonly List<WebApplication> _running = [];

    /// <summary>As a process of its own; also what xunit makes of a class fixture.</summary>
    public RunningSandbox() { }

    private RunningSandbox(TimeProvider clock) => _clock = clock;

    /// <summary>Sends to the sandbox; keeps no cookies and follows no redirects.</summary>
    public HttpClient Http { get; private set; } = new();

    public string StateFile => Path.Combine(_folder, "data", "sandbox.db");

    public static async Task<RunningSandbox> StartAsync(TimeProvider? clock = null)
    {
        var sandbox = clock is null ? new RunningSandbox() : new RunningSandbox(clock);
        await sandbox.InitializeAsync();
        return sandbox;
    }

    public async ValueTask InitializeAsync()
    {
        var address = _clock is null ? await StartAloneAsync() : await StartMountedAsync(_clock);
        Http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new(address) };
    }

    /// <summary>Ends the sandbox and starts it again with the same state file, on another port.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    /// <summary>Turns a switch of the sandbox.</summary>
    public async Task TurnAsync(string which, object value)
    {
        using var response = await Http.PutAsJsonAsync($"/sandbox/control/{which}", new { value });
        response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StopAsync()
    {
        Http.Dispose();
        foreach (var app in _running)
        {
            await app.StopAsync();
            await app.DisposeAsync();
        }
        _running.Clear();
    }

    private async Task<string> StartAloneAsync()
    {
        var app = SandboxApp.Standalone(["--urls=http://127.0.0.1:0", $"--Sandbox:StateFile={StateFile}"]);
        await app.StartAsync();
        _running.Add(app);
        return AddressOf(app);
    }

    private async Task<string> StartMountedAsync(TimeProvider clock)
    {
        var server = new MountedServer();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Sandbox:StateFile", "data/sandbox.db"), new("Logging:LogLevel:Default", "Warning")])
            .Build();
        Directory.CreateDirectory(_folder);
        var sandbox = SandboxApp.Mounted(server, configuration, _folder, clock);
        await sandbox.StartAsync();

        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var host = builder.Build();
        host.Map("/sandbox/{**path}", server.HandleAsync);
        host.MapGet("/", () => "The host's own page");
        await host.StartAsync();
        _running.AddRange(host, sandbox);
        return AddressOf(host);
    }

    private static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
}
