using Core;
using Core.Bots;
using Core.Mammut;
using Core.Storage;
using Microsoft.Data.Sqlite;
using Sandbox;

namespace Portal.Hosting;

/// <summary>Joins Core to this host: its database, its public address, the sandbox as its far side.</summary>
internal static class PortalCore
{
    public static void AddPortalCore(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ListenAddress>();
        builder.Services.AddSingleton(s => new WebhookAddress(() => s.GetRequiredService<ListenAddress>().Public));
        if (builder.Configuration.SandboxEnabled() && builder.Configuration["Mammut:BaseUrl"] is null)
            builder.Services.AddSingleton(s => new MammutAddress(() => s.GetRequiredService<ListenAddress>().Local + SandboxApp.Root + "/mammut"));
        builder.Services.AddCore(DatabaseSettings.Provider(builder.Configuration)!.Value, Connection(builder));
        // What has been acknowledged but not yet answered must not hold up a stop.
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(10));
    }

    /// <summary>
    /// Migrates, and once the server listens says where it is and how to sign in. False = the database cannot be used: it is not
    /// there, or another portal has it that shares it with nobody.
    /// </summary>
    public static async Task<bool> PrepareAsync(this WebApplication app)
    {
        if (await FaultAsync(app.Services.GetRequiredService<PrepareDatabase>()) is { } fault)
        {
            await Console.Error.WriteLineAsync($"Configuration: ConnectionStrings:Portal names a database that {fault}");
            return false;
        }
        app.Lifetime.ApplicationStarted.Register(() => Announce(app));
        return true;
    }

    private static async Task<string?> FaultAsync(PrepareDatabase database)
    {
        try
        {
            return await database.RunAsync(CancellationToken.None) ? null : "another portal is using.";
        }
        catch (Exception e) when (StorageFaults.IsDown(e))
        {
            // The driver's sentence names the server, never the password.
            return $"cannot be used: {e.Message}";
        }
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
    private static string Connection(WebApplicationBuilder builder)
    {
        var text = builder.Configuration.GetConnectionString("Portal");
        if (DatabaseSettings.Provider(builder.Configuration) is DatabaseProvider.PostgreSql)
            return text!;
        var connection = new SqliteConnectionStringBuilder(text);
        if (connection.Mode is not SqliteOpenMode.Memory)
            connection.DataSource = Path.GetFullPath(connection.DataSource, builder.Environment.ContentRootPath);
        return connection.ConnectionString;
    }
}
