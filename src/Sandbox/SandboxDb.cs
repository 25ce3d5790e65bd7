using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sandbox;

/// <summary>
/// State of every simulated system in one file; each folder brings its tables as entity configurations. An explicit transaction takes
/// SQLite's write lock when it begins, so what is read in it cannot change before it is written.
/// </summary>
internal sealed class SandboxDb(DbContextOptions<SandboxDb> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder model)
    {
        model.ApplyConfigurationsFromAssembly(typeof(SandboxDb).Assembly);
    }

    // SQLite has no instants: as milliseconds since 1970 they can be compared and ordered.
    protected override void ConfigureConventions(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<DateTimeOffset>().HaveConversion<InstantConverter>();
    }

    private sealed class InstantConverter()
        : ValueConverter<DateTimeOffset, long>(
            i => i.ToUnixTimeMilliseconds(),
            ms => DateTimeOffset.FromUnixTimeMilliseconds(ms)
        );

    /// <summary>Per connection: wait for another writer in SQLite itself (finer than the driver's 150 ms steps), and leave syncing to the system: what a power cut takes is not worth waiting for.</summary>
    internal sealed class Pragmas : DbConnectionInterceptor
    {
        public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Apply(connection);

        public override Task ConnectionOpenedAsync(
            DbConnection connection,
            ConnectionEndEventData eventData,
            CancellationToken cancellationToken = default
        )
        {
            Apply(connection);
            return Task.CompletedTask;
        }

        private static void Apply(DbConnection connection)
        {
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA busy_timeout = 10000; PRAGMA synchronous = OFF;";
            command.ExecuteNonQuery();
        }
    }
}
