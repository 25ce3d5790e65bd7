using System.Data.Common;
using Core.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Portal.Hosting;

/// <summary>Which database the portal uses (docs/contracts/portal.md 2).</summary>
internal static class DatabaseSettings
{
    private const string ProviderKey = "Database:Provider";

    /// <summary>The product; null when the setting names none.</summary>
    public static DatabaseProvider? Provider(IConfiguration configuration) =>
        configuration[ProviderKey] switch
        {
            nameof(DatabaseProvider.Sqlite) => DatabaseProvider.Sqlite,
            nameof(DatabaseProvider.PostgreSql) => DatabaseProvider.PostgreSql,
            _ => null,
        };

    /// <summary>One line per fault.</summary>
    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        var provider = Provider(configuration);
        if (provider is null)
            yield return $"{ProviderKey} must be Sqlite or PostgreSql.";
        var connection = configuration.GetConnectionString("Portal");
        if (string.IsNullOrWhiteSpace(connection))
            yield return "ConnectionStrings:Portal is missing.";
        else if (provider is DatabaseProvider.Sqlite && !Names(() => new SqliteConnectionStringBuilder(connection), "Data Source"))
            yield return "ConnectionStrings:Portal must be a connection string of SQLite, for example Data Source=data/portal.db.";
        else if (provider is DatabaseProvider.PostgreSql && !Names(() => new NpgsqlConnectionStringBuilder(connection), "Host", "Database"))
            yield return "ConnectionStrings:Portal must be a connection string of PostgreSQL, for example "
                + "Host=db.example.com;Database=portal;Username=portal;Password=...";
    }

    // The sentences of the drivers repeat what they could not read, and that may be a password.
    private static bool Names(Func<DbConnectionStringBuilder> read, params string[] keys)
    {
        try
        {
            var connection = read();
            return keys.All(key => connection[key] is string { Length: > 0 });
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            return false;
        }
    }
}
