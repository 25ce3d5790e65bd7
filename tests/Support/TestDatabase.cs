using Core;
using Core.Bots;
using Core.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Support;

/// <summary>
/// A database for one test, of the product that <c>PORTAL_TEST_DATABASE</c> names: <c>sqlite</c>, unless it says <c>postgresql</c>.
/// So the same tests prove both, in two runs.
/// </summary>
public sealed class TestDatabase : IDisposable
{
    private readonly TemporaryFolder? _folder;

    private TestDatabase(DatabaseProvider provider, string connection, TemporaryFolder? folder) =>
        (Provider, Connection, _folder) = (provider, connection, folder);

    /// <summary>What this run of the tests is on.</summary>
    public static DatabaseProvider Chosen { get; } =
        Environment.GetEnvironmentVariable("PORTAL_TEST_DATABASE") == "postgresql" ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite;

    /// <summary>Its product.</summary>
    public DatabaseProvider Provider { get; }

    /// <summary>Its connection string.</summary>
    public string Connection { get; }

    /// <summary>Makes a database of the chosen product; on PostgreSQL its tables are there already.</summary>
    public static Task<TestDatabase> MakeAsync() => Chosen is DatabaseProvider.PostgreSql ? OnPostgresAsync() : Task.FromResult(OnSqlite());

    /// <summary>Makes a database on PostgreSQL, whatever product was chosen.</summary>
    public static async Task<TestDatabase> OnPostgresAsync()
    {
        var server = await PostgresServer.SharedAsync();
        return On(await server.CreateDatabaseAsync("migrated", PrepareAsync));
    }

    /// <summary>A database on PostgreSQL as it is. Many portals share the server's connections: what one has done with goes back soon.</summary>
    public static TestDatabase On(string connection) =>
        new(DatabaseProvider.PostgreSql, connection + ";Connection Idle Lifetime=1;Connection Pruning Interval=1", null);

    /// <summary>Removes the file; a database of the server ends with that.</summary>
    public void Dispose() => _folder?.Dispose();

    private static TestDatabase OnSqlite()
    {
        var folder = new TemporaryFolder();
        return new(DatabaseProvider.Sqlite, $"Data Source={folder.File("portal.db")};Pooling=False", folder);
    }

    // The portal itself makes the tables, once; every test copies them.
    private static async Task PrepareAsync(string connection)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build()).AddLogging();
        services.AddSingleton(new WebhookAddress(() => "https://bots.example.test"));
        await using var portal = services.AddCore(DatabaseProvider.PostgreSql, connection + ";Pooling=false").BuildServiceProvider();
        await portal.GetRequiredService<PrepareDatabase>().RunAsync(CancellationToken.None);
    }
}
