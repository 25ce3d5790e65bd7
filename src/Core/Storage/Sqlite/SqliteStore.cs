using System.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

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

    // With webhooks in it: their senders wait.
    private static readonly TimeSpan LongestWithWebhooks = TimeSpan.FromMilliseconds(1);

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
    public override Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel) =>
        Queue(_first, db => db.InsertAsync(webhooks(), cancel), cancel);

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
        var write = new SqliteWrite<T>(work, queue == _first, cancel);
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
        while (Next(last: true) is { } write)
            await CommitTogetherAsync(write);
    }

    /// <param name="last">True = who finds nothing ends the draining.</param>
    private SqliteWrite? Next(bool last)
    {
        lock (_lock)
        {
            if (_first.TryDequeue(out var write) || _waiting.TryDequeue(out write))
                return write;
            _draining &= !last;
            return null;
        }
    }

    // What fails must take nothing of the others with it. Savepoints would cost every write for the sake of the rare one that fails; so
    // the batch is given up instead, and each is run again by itself, in the same order.
    private async Task CommitTogetherAsync(SqliteWrite first)
    {
        var batch = new List<SqliteWrite> { first };
        var began = clock.GetTimestamp();
        try
        {
            await CommitAsync(Together());
        }
        catch (Exception e) when (batch.Count == 1 || StorageFaults.IsDown(e))
        {
            batch.ForEach(write => write.Failed(e));
        }
        catch
        {
            foreach (var write in batch)
                await CommitAloneAsync(write);
        }
        // Not before: whoever is told goes on at once.
        batch.ForEach(write => write.Tell());

        IEnumerable<SqliteWrite> Together()
        {
            var (webhooks, others) = (false, false);
            for (SqliteWrite? write = first; write is not null; write = Full() ? null : Next(last: false))
            {
                (webhooks, others) = (webhooks || write.First, others || !write.First);
                if (write != first)
                    batch.Add(write);
                yield return write;
            }

            // However many webhooks come, something else is written with each of their batches.
            bool Full() => clock.GetElapsedTime(began) >= (webhooks ? LongestWithWebhooks : LongestBatch) && (others || !webhooks);
        }
    }

    private async Task CommitAloneAsync(SqliteWrite write)
    {
        try
        {
            await CommitAsync([write]);
        }
        catch (Exception e)
        {
            write.Failed(e);
        }
    }

    private async Task CommitAsync(IEnumerable<SqliteWrite> writes)
    {
        try
        {
            var db = await WriterAsync();
            await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable);
            foreach (var write in writes)
            {
                if (!write.Cancelled)
                    await write.RunAsync(db);
                db.ChangeTracker.Clear();
            }
            await transaction.CommitAsync();
        }
        catch
        {
            // Nothing of it is on disk, whatever the reason.
            Forget();
            throw;
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
            await db.Database.ExecuteSqlRawAsync(
                "pragma synchronous = full; pragma wal_autocheckpoint = 16000; pragma cache_size = -32768; pragma temp_store = memory"
            );
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
internal abstract class SqliteWrite(bool first, CancellationToken cancel)
{
    public bool First => first;

    public bool Cancelled => cancel.IsCancellationRequested;

    public abstract Task RunAsync(PortalDb db);

    public abstract void Failed(Exception e);

    public abstract void Tell();
}

/// <inheritdoc />
internal sealed class SqliteWrite<T>(Func<PortalDb, Task<T>> work, bool first, CancellationToken cancel) : SqliteWrite(first, cancel)
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
