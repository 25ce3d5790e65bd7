using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Core.Storage.PostgreSql;

/// <summary>PostgreSQL as the portal's database.</summary>
internal static class PostgresServices
{
    /// <summary>Registers the store, its preparation, what nodes tell each other and the place of the encryption keys.</summary>
    public static void AddPostgres(this IServiceCollection services, string connection)
    {
        var complete = PostgresConnection.Complete(connection);
        services.AddPooledDbContextFactory<PostgresPortalDb>(options =>
            options
                // The store repeats whole transactions; a single statement is never repeated.
                .UseNpgsql(complete, npgsql => npgsql.ExecutionStrategy(context => new NonRetryingExecutionStrategy(context)))
                // Comparing the model with its migrations costs a good part of the start; a test does it instead.
                .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning))
        );
        services.AddSingleton<PortalStore, PostgresStore>().AddSingleton<PrepareDatabase, PreparePostgres>();
        services.AddHostedService<ListenForChanges>();
        services.AddDataProtection().PersistKeysToDbContext<PostgresPortalDb>();
    }
}
