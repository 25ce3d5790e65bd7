using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage.Sqlite;

/// <summary>Creates the folder, takes the file for this process, runs the migrations and sets the journal that survives a crash.</summary>
public sealed class PrepareSqlite(IDbContextFactory<SqlitePortalDb> factory) : PrepareDatabase, IDisposable
{
    private FileStream? _lock;

    /// <summary>Gives the file back.</summary>
    public void Dispose() => _lock?.Dispose();

    /// <inheritdoc />
    protected override async Task<PortalDb> OpenAsync(CancellationToken cancel) => await factory.CreateDbContextAsync(cancel);

    /// <inheritdoc />
    protected override async Task<bool> MigrateAsync(PortalDb db, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        var file = Path.GetFullPath(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource);
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            Directory.CreateDirectory(folder);
        if (!TakeLock(file))
            return false;
        // The mark of a process that died while it migrated would be waited for without end; whose file this is is known by now.
        await db.Database.ExecuteSqlRawAsync("""drop table if exists "__EFMigrationsLock" """, cancel);
        await db.Database.MigrateAsync(cancel);
        await db.Database.ExecuteSqlRawAsync("pragma journal_mode = wal", cancel);
        return true;
    }

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
