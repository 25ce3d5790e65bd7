using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>
/// Opens the database: short reads, and writes as one transaction each. SQLite has one writer, so writes of this process queue here,
/// where waiting costs nothing, instead of at the file, where it costs polling.
/// </summary>
public sealed class PortalStore(IDbContextFactory<SqlitePortalDb> factory) : IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);

    /// <summary>A context for reading; entities are not tracked. The caller disposes of it.</summary>
    public PortalDb Read()
    {
        var db = factory.CreateDbContext();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction that sees no half-done work of others, saves and commits.</summary>
    public async Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _writer.WaitAsync(cancel);
        try
        {
            await using var db = await factory.CreateDbContextAsync(cancel);
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancel);
            var result = await work(db);
            await db.SaveChangesAsync(cancel);
            await transaction.CommitAsync(cancel);
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<PortalDb, Task> work, CancellationToken cancel) =>
        WriteAsync(
            async db =>
            {
                await work(db);
                return true;
            },
            cancel
        );

    /// <inheritdoc />
    public void Dispose() => _writer.Dispose();
}
