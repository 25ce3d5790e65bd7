namespace Core.Storage.Sqlite;

/// <summary>One write that waits for its turn, and who waits for it.</summary>
internal abstract class SqliteWrite(bool first)
{
    /// <summary>True = it goes before what waits in the other queue.</summary>
    public bool First => first;

    /// <summary>Runs in the transaction that is open; once more when that was given up. Nothing when nobody wants it any more.</summary>
    public abstract Task RunAsync(PortalDb db);

    /// <summary>It is not on disk, and will not be.</summary>
    public abstract void Failed(Exception e);

    /// <summary>Answers whoever waits; after the commit.</summary>
    public abstract void Tell();
}

/// <inheritdoc />
internal sealed class SqliteWrite<T>(Func<PortalDb, Task<T>> work, bool first, CancellationToken cancel) : SqliteWrite(first)
{
    private readonly TaskCompletionSource<T> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Exception? _failure;
    private T? _result;
    private bool _ran;

    public Task<T> Told => _told.Task;

    public override async Task RunAsync(PortalDb db)
    {
        // What an earlier run found out is not on disk.
        (_result, _ran) = (default, false);
        if (cancel.IsCancellationRequested)
            return;
        var result = await work(db);
        await db.SaveChangesAsync(cancel);
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
            _told.TrySetCanceled(cancel);
    }
}
