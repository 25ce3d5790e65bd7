using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage.Sqlite;

/// <summary>The one connection of this process that writes. Its user sees to it that only one commits at a time.</summary>
internal sealed class SqliteWriter(IDbContextFactory<SqlitePortalDb> factory) : IDisposable
{
    private SqlitePortalDb? _db;

    /// <summary>Runs writes in one transaction and commits it; null = all of them are on disk, else none is, whatever the reason.</summary>
    public async Task<WriteFault?> CommitAsync(IEnumerable<SqliteWrite> writes)
    {
        Exception? ofAWrite = null;
        try
        {
            var db = await OpenAsync();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            foreach (var write in writes)
            {
                ofAWrite = await TryAsync(db, write);
                if (ofAWrite is not null)
                    break;
            }
            if (ofAWrite is null)
                await transaction.CommitAsync();
            else
                await transaction.RollbackAsync();
        }
        catch (Exception e)
        {
            // The next one opens the file anew.
            Dispose();
            return new(ofAWrite ?? e, OfAWrite: false);
        }
        return ofAWrite is null ? null : new(ofAWrite, OfAWrite: true);
    }

    public void Dispose()
    {
        _db?.Dispose();
        _db = null;
    }

    private static async Task<Exception?> TryAsync(SqlitePortalDb db, SqliteWrite write)
    {
        try
        {
            await write.RunAsync(db);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<SqlitePortalDb> OpenAsync()
    {
        if (_db is not null)
            return _db;
        var db = await factory.CreateDbContextAsync();
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.OpenConnectionAsync();
            // 200 means: on disk. Checkpoints are rarer than the default, and what is hot stays in memory.
            await db.Database.ExecuteSqlRawAsync(
                "pragma synchronous = full; pragma wal_autocheckpoint = 16000; pragma cache_size = -32768; pragma temp_store = memory"
            );
            return _db = db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}

/// <summary>Why nothing of a transaction is on disk.</summary>
/// <param name="Cause">What was thrown.</param>
/// <param name="OfAWrite">True = one write failed, the last that was run; false = the database itself.</param>
internal sealed record WriteFault(Exception Cause, bool OfAWrite);
