using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Core.Storage.Sqlite;

/// <summary>
/// SQLite has one writer, so writes of this process queue here, where waiting costs nothing, instead of at the file, where it costs
/// polling. What waits together is committed together (group commit): one sync of the disk serves many, and each is told only after it.
/// Webhooks go first, because their senders give up after three seconds.
/// </summary>
public sealed class SqliteStore(IDbContextFactory<SqlitePortalDb> factory, TimeProvider clock) : PortalStore, IAsyncDisposable, IDisposable
{
    // Long enough to share a sync, short enough that nobody waits for others' work.
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(4);

    private readonly Lock _lock = new();
    private readonly Queue<SqliteWrite> _first = new();
    private readonly Queue<SqliteWrite> _waiting = new();
    private bool _draining;
    private Task _drained = Task.CompletedTask;
    private SqlitePortalDb? _writer;

    /// <inheritdoc />
    public override bool ManyNodes => false;

    /// <inheritdoc />
    public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => Queue(_waiting, work, cancel);

    /// <inheritdoc />
    public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
        WriteAsync(work, cancel);

    /// <inheritdoc />
    public override Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => WriteAsync(work, cancel);

    /// <inheritdoc />
    public override Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel) =>
        Queue(_first, db => db.InsertAsync(webhooks, cancel), cancel);

    /// <summary>Waits for what is being written and closes the connection that writes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _drained;
        Dispose();
    }

    /// <summary>Closes the connection that writes.</summary>
    public void Dispose() => _writer?.Dispose();

    /// <inheritdoc />
    protected override PortalDb Open() => factory.CreateDbContext();

    private Task<T> Queue<T>(Queue<SqliteWrite> queue, Func<PortalDb, Task<T>> work, CancellationToken cancel)
    {
        var write = new SqliteWrite<T>(work, cancel);
        lock (_lock)
        {
            queue.Enqueue(write);
            if (_draining)
                return write.Told;
            _draining = true;
        }
        _drained = DrainAsync();
        return write.Told;
    }

    // Whoever finds nobody writing starts this; it ends when nothing waits any more.
    private async Task DrainAsync()
    {
        await Task.Yield();
        while (Next() is { } write)
            await CommitTogetherAsync(write);
    }

    private SqliteWrite? Next()
    {
        lock (_lock)
        {
            if (_first.TryDequeue(out var write) || _waiting.TryDequeue(out write))
                return write;
            _draining = false;
            return null;
        }
    }

    private SqliteWrite? NextOfBatch()
    {
        lock (_lock)
            return _first.TryDequeue(out var write) || _waiting.TryDequeue(out write) ? write : null;
    }

    private async Task CommitTogetherAsync(SqliteWrite first)
    {
        var done = new List<SqliteWrite>();
        var began = clock.GetTimestamp();
        try
        {
            var db = await WriterAsync();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            for (SqliteWrite? write = first; write is not null; write = clock.GetElapsedTime(began) < LongestBatch ? NextOfBatch() : null)
            {
                done.Add(write);
                await RunAsync(db, transaction, write);
            }
            await transaction.CommitAsync();
        }
        catch (Exception e)
        {
            // Nothing of the batch is on disk, whatever the reason.
            Forget();
            if (done.Count == 0)
                done.Add(first);
            done.ForEach(write => write.Failed(e));
        }
        // Not before: whoever is told goes on at once.
        done.ForEach(write => write.Tell());
    }

    // A savepoint each: what fails takes nothing of the others with it.
    private static async Task RunAsync(SqlitePortalDb db, IDbContextTransaction transaction, SqliteWrite write)
    {
        if (write.Cancelled)
            return;
        const string Savepoint = "write";
        await transaction.CreateSavepointAsync(Savepoint);
        try
        {
            await write.RunAsync(db);
            await transaction.ReleaseSavepointAsync(Savepoint);
        }
        catch (Exception e)
        {
            write.Failed(e);
            await transaction.RollbackToSavepointAsync(Savepoint);
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private async Task<SqlitePortalDb> WriterAsync()
    {
        if (_writer is not null)
            return _writer;
        var db = await factory.CreateDbContextAsync();
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.OpenConnectionAsync();
            // 200 means: on disk. Checkpoints are rarer than the default, and what is hot stays in memory.
            await db.Database.ExecuteSqlRawAsync("pragma synchronous = full; pragma wal_autocheckpoint = 4000; pragma cache_size = -32768");
            return _writer = db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    private void Forget()
    {
        _writer?.Dispose();
        _writer = null;
    }
}

/// <summary>One write that waits for its turn, and who waits for it.</summary>
internal abstract class SqliteWrite(CancellationToken cancel)
{
    public bool Cancelled => cancel.IsCancellationRequested;

    public abstract Task RunAsync(PortalDb db);

    public abstract void Failed(Exception e);

    public abstract void Tell();
}

/// <inheritdoc />
internal sealed class SqliteWrite<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) : SqliteWrite(cancel)
{
    private readonly CancellationToken _cancel = cancel;
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T? _result;
    private bool _ran;

    public Task<T> Told => _told.Task;

    public override async Task RunAsync(PortalDb db)
    {
        var result = await work(db);
        await db.SaveChangesAsync(_cancel);
        (_result, _ran) = (result, true);
    }

    public override void Failed(Exception e) => _failure ??= e;

    public override void Tell()
    {
        if (_failure is not null)
            _told.TrySetException(_failure);
        else if (_ran)
            _told.TrySetResult(_result!);
        else
            _told.TrySetCanceled(_cancel);
    }
}
