using Core;
using Core.Bots;
using Core.Mammut;
using Core.Storage;
using Microsoft.Data.Sqlite;
using Sandbox;

namespace Portal.Hosting;

/// <summary>Joins Core to this host: its database file, its public address, the sandbox as its far side.</summary>
internal static class PortalCore
{
    public static void AddPortalCore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ListenAddress>();
        builder.Services.AddSingleton(s => new WebhookAddress(() => s.GetRequiredService<ListenAddress>().Public));
        if (builder.Configuration.SandboxEnabled() && builder.Configuration["Mammut:BaseUrl"] is null)
            builder.Services.AddSingleton(s => new MammutAddress(() => s.GetRequiredService<ListenAddress>().Local + SandboxApp.Root + "/mammut"));
        builder.Services.AddCore(Database(builder));
        // What has been acknowledged but not yet answered must not hold up a stop.
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    /// <summary>
    /// Migrates, and once the server listens says where it is and how to sign in. False = another portal has the database: nothing
    /// may start beside it.
    /// </summary>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        if (!await app.Services.GetRequiredService<PrepareDatabase>().RunAsync(CancellationToken.None))
        {
            await Console.Error.WriteLineAsync("Configuration: ConnectionStrings:Portal names a database that another portal is using.");
            return false;
        }
        app.Lifetime.ApplicationStarted.Register(() => Announce(app));
        return true;
    }

    private static void Announce(WebApplication app)
    {
        var address = app.Services.GetRequiredService<ListenAddress>().Local;
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Portal");
        if (app.Configuration.SandboxEnabled())
            log.LogInformation(
                "Open {Address} and sign in as one of the demo people, without a password; the demo shops are at {Shops}",
                address,
                address + SandboxApp.Root
            );
        else
            log.LogInformation("Open {Address} and sign in with your identity provider", address);
    }

    // A relative file belongs to the content root, whatever folder the process was started from (docs/contracts/portal.md 2).
    private static string Database(WebApplicationBuilder builder)
    {
        var connection = new SqliteConnectionStringBuilder(builder.Configuration.GetConnectionString("Portal"));
        if (connection.Mode is not SqliteOpenMode.Memory)
            connection.DataSource = Path.GetFullPath(connection.DataSource, builder.Environment.ContentRootPath);
        return connection.ConnectionString;
    }
}
