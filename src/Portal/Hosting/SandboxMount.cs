using Sandbox;

namespace Portal.Hosting;

/// <summary>
/// Serves the sandbox on the portal's own address. The portal still reaches it as it reaches the real far sides: over HTTP, through
/// its own listener.
/// </summary>
internal sealed class SandboxMount(IConfiguration configuration, IHostEnvironment environment, TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    private readonly MountedServer _server = new();
    private WebApplication? _sandbox;
    private Task? _starting;

    public void Dispose() => _server.Dispose();

    public Task HandleAsync(HttpContext context) => _server.HandleAsync(context);

    /// <summary>Begins to start the sandbox beside the portal's own preparations: a newcomer waits for the longer of the two.</summary>
    public void Begin()
    {
        if (_starting is not null)
            return;
        // A test host that is just building the portal configures every host built in its flow, and would give the sandbox its own server.
        using (ExecutionContext.SuppressFlow())
            _starting = Task.Run(StartSandboxAsync);
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Begin();
        return _starting!;
    }

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (_sandbox is null)
            return;
        await _sandbox.StopAsync(cancellationToken);
        await _sandbox.DisposeAsync();
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StartSandboxAsync()
    {
        _sandbox = SandboxApp.Mounted(_server, configuration, environment.ContentRootPath, clock);
        await _sandbox.StartAsync();
    }
}

internal static class SandboxMountExtensions
{
    public static bool SandboxEnabled(this IConfiguration configuration) => configuration.GetValue<bool>("Sandbox:Enabled");

    public static void AddSandbox(this WebApplicationBuilder builder)
    {
        if (!builder.Configuration.SandboxEnabled())
            return;
        builder.Services.AddSingleton<SandboxMount>();
        builder.Services.AddHostedService(services => services.GetRequiredService<SandboxMount>());
    }

    // Before everything else of the pipeline: the sandbox brings its own errors, sign-in and routes.
    public static void UseSandbox(this WebApplication app)
    {
        if (app.Services.GetService<SandboxMount>() is not { } sandbox)
            return;
        sandbox.Begin();
        app.Use(
            (context, next) => context.Request.Path.StartsWithSegments(SandboxApp.Root) ? sandbox.HandleAsync(context) : next(context)
        );
    }
}
