using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Storage.Sqlite;

/// <summary>SQLite as the portal's database.</summary>
internal static class SqliteServices
{
    /// <summary>Registers the store, its preparation and the place of the encryption keys.</summary>
    public static void AddSqlite(this IServiceCollection services, string connection)
    {
        services.AddPooledDbContextFactory<SqlitePortalDb>(options =>
            options
                // One parameter for a whole list: else each length of it is compiled by itself.
                .UseSqlite(connection, sqlite => sqlite.UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                // Comparing the model with its migrations costs a good part of the start; a test does it instead.
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        );
        services.AddSingleton<PortalStore, SqliteStore>().AddSingleton<PrepareDatabase, PrepareSqlite>();
        services.AddDataProtection().PersistKeysToDbContext<SqlitePortalDb>();
    }
}
