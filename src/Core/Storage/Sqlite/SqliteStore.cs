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
    private readonly SqliteWriter _writer = new(factory);

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
    public void Dispose() => _writer.Dispose();

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
    // the batch is given up, and the others are run once more without it.
    private async Task CommitTogetherAsync(SqliteWrite first)
    {
        var batch = new List<SqliteWrite> { first };
        if (await _writer.CommitAsync(Together()) is { } fault)
            await GiveUpAsync(batch, fault);
        // Not before: whoever is told goes on at once.
        batch.ForEach(write => write.Tell());

        IEnumerable<SqliteWrite> Together()
        {
            var began = clock.GetTimestamp();
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

    private async Task GiveUpAsync(List<SqliteWrite> batch, WriteFault fault)
    {
        if (batch.Count > 1 && fault.OfAWrite)
        {
            // Nothing was taken up after the one that failed.
            var (others, culprit) = (batch[..^1], batch[^1]);
            if (await _writer.CommitAsync(others) is not null)
                foreach (var write in others)
                    await AloneAsync(write);
            others.ForEach(write => write.Tell());
            await AloneAsync(culprit);
        }
        else
        {
            batch.ForEach(write => write.Failed(fault.Cause));
        }
    }

    private async Task AloneAsync(SqliteWrite write)
    {
        if (await _writer.CommitAsync([write]) is { } fault)
            write.Failed(fault.Cause);
        write.Tell();
    }
}
