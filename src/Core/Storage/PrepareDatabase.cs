using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>Brings the database up to date before anything uses it, and tells whether it can be used.</summary>
public sealed class PrepareDatabase(IDbContextFactory<SqlitePortalDb> factory)
{
    /// <summary>True once the migrations have run.</summary>
    public bool Ready { get; private set; }

    /// <summary>Creates the folder, runs the migrations and sets the journal that survives a crash.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancel);
        Ready = true;
    }

    /// <summary>True when the database answers.</summary>
    public async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        try
        {
            await using var db = await factory.CreateDbContextAsync(cancel);
            return Ready && await db.Bots.AnyAsync(cancel) is var _;
        }
        catch (SqliteException)
        {
            return false;
        }
    }
}
