using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>Brings the database up to date before anything uses it, and tells whether it can be used.</summary>
public sealed class PrepareDatabase(IDbContextFactory<SqlitePortalDb> factory) : IDisposable
{
    private FileStream? _lock;

    /// <summary>True once the migrations have run.</summary>
    public bool Ready { get; private set; }

    /// <summary>
    /// Creates the folder, takes the file for this process, runs the migrations and sets the journal that survives a crash. False =
    /// another process has the file (portal.md 2).
    /// </summary>
    public async Task<bool> RunAsync(CancellationToken cancel)
    {
        await using var db = await factory.CreateDbContextAsync(cancel);
        var file = new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource;
        if (Path.GetDirectoryName(Path.GetFullPath(file)) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (!TakeLock(Path.GetFullPath(file)))
            return false;
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancel);
        Ready = true;
        return true;
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

    /// <summary>Gives the file back.</summary>
    public void Dispose() => _lock?.Dispose();

    // Two processes would void each other's leases and answer every customer twice. The system lets go when a process dies.
    private bool TakeLock(string file)
    {
        try
        {
            _lock ??= new FileStream(Path.ChangeExtension(file, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
