using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sandbox.Control;
using Sandbox.Freshchat;
using Sandbox.Identity;
using Sandbox.Ledger;
using Sandbox.Mammut;
using Sandbox.Storefront;

namespace Sandbox;

/// <summary>
/// Builds the sandbox: Freshchat, Mammut and the identity provider as one application of its own, with its own services, state and
/// logs. It is served by Kestrel (<see cref="Standalone"/>) or by the requests of another application (<see cref="MountedServer"/>).
/// </summary>
public static class SandboxApp
{
    /// <summary>Path under which everything of the sandbox lies, whoever serves it.</summary>
    public const string Root = "/sandbox";

    /// <summary>The sandbox as a process of its own, on <c>http://127.0.0.1:5090</c> unless an address is configured.</summary>
    public static WebApplication Standalone(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (string.IsNullOrEmpty(builder.Configuration["urls"]))
            builder.WebHost.UseUrls("http://127.0.0.1:5090");
        var app = Build(builder);
        app.Lifetime.ApplicationStarted.Register(() =>
        {
            foreach (var address in app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses)
                Console.WriteLine($"Sandbox: {address}{Root} (Ctrl+C ends it)");
        });
        return app;
    }

    /// <summary>The sandbox inside another application: it listens nowhere and is reached through <paramref name="server"/>.</summary>
    public static WebApplication Mounted(IServer server, IConfiguration configuration, string contentRoot, TimeProvider clock)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = contentRoot, ApplicationName = "Sandbox", EnvironmentName = "Sandbox" });
        builder.Configuration.AddConfiguration(configuration);
        builder.Logging.AddConfiguration(configuration.GetSection("Logging")).AddSimpleConsole(o => o.SingleLine = true);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(clock);
        builder.Services.AddSingleton(server);
        return Build(builder, portalUrl: "/");
    }

    private static WebApplication Build(WebApplicationBuilder builder, string? portalUrl = null)
    {
        var settings = builder.Configuration.GetSection(SandboxSettings.Section).Get<SandboxSettings>() ?? new();
        settings.PortalUrl ??= portalUrl;
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSandboxState(Path.GetFullPath(settings.StateFile, builder.Environment.ContentRootPath));
        foreach (var talkative in new[] { "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Microsoft.Hosting.Lifetime", "OpenIddict" })
            builder.Logging.AddFilter(talkative, LogLevel.Warning);
        // Mammut's update carries a token in its query string, which the hosting log would print (docs/contracts/mammut.md 4.4).
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);

        builder.Services.AddControl();
        builder.Services.AddIdentity();
        builder.Services.AddFreshchat();
        builder.Services.AddStorefront();
        builder.Services.AddMammut();
        builder.Services.AddLedger();

        var app = builder.Build();
        app.Services.GetRequiredService<SandboxState>().Open();
        app.UseLoopbackOnly();
        app.UseIdentity();

        app.MapControl();
        app.MapIdentity();
        app.MapFreshchat();
        app.MapStorefront();
        app.MapMammut();
        app.MapLedger();
        return app;
    }
}
