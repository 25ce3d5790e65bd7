using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Core.Storage.PostgreSql;

/// <summary>Makes the database if it is missing and runs the migrations, one node at a time: several may start together.</summary>
public sealed class PreparePostgres(IDbContextFactory<PostgresPortalDb> factory, IDataProtectionProvider protection) : PrepareDatabase
{
    // Any number, the same on every node.
    private const long Lock = 0x4d616d6d7574;
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <inheritdoc />
    protected override async Task<PortalDb> OpenAsync(CancellationToken cancel) => await factory.CreateDbContextAsync(cancel);

    /// <inheritdoc />
    protected override async Task<bool> MigrateAsync(PortalDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await CreateAsync(db, cancel);
        // Held until the connection is closed, which also happens when this process dies.
        await db.Database.OpenConnectionAsync(cancel);
        // An index over a long history takes its time, and so does waiting for the node that makes it.
        db.Database.SetCommandTimeout(Longest);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_lock({Lock})", cancel);
        try
        {
            await db.Database.MigrateAsync(cancel);
            // The first encryption key: two nodes that make one each would not read what the other wrote for a day.
            protection.CreateProtector(nameof(PreparePostgres)).Protect([]);
        }
        finally
        {
            await db.Database.ExecuteSqlAsync($"select pg_advisory_unlock({Lock})", CancellationToken.None);
            await db.Database.CloseConnectionAsync();
        }
        return true;
    }

    private static async Task CreateAsync(PortalDb db, CancellationToken cancel)
    {
        var database = db.GetService<IRelationalDatabaseCreator>();
        if (await database.ExistsAsync(cancel))
            return;
        try
        {
            await database.CreateAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DuplicateDatabase or PostgresErrorCodes.UniqueViolation)
        {
            // Another node was quicker.
        }
    }
}
