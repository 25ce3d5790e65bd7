using Microsoft.EntityFrameworkCore;

namespace Core.Storage;

/// <summary>
/// Opens the database: short reads, and writes as one transaction each. What has been written when a call returns is on disk: it
/// survives the loss of the process and of the machine's power.
/// </summary>
public abstract class PortalStore
{
    /// <summary>A context for reading; entities are not tracked. The caller disposes of it.</summary>
    public PortalDb Read()
    {
        var db = Open();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return db;
    }

    /// <summary>
    /// Runs <paramref name="work"/> in one transaction that sees no half-done work of others, saves and commits. It may run more than
    /// once before it succeeds, so it changes nothing but the database.
    /// </summary>
    public abstract Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel);

    /// <summary>As <see cref="WriteAsync{T}"/>, but alone only among what is written to one conversation, on whatever node.</summary>
    /// <param name="conversationId">Our id of the conversation.</param>
    /// <param name="work">What to do.</param>
    /// <param name="cancel">Ends the waiting, not a commit under way.</param>
    public abstract Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel);

    /// <summary>As <see cref="WriteAsync{T}"/>, but <paramref name="work"/> itself locks what must not change under it.</summary>
    public abstract Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel);

    /// <summary>Whether other processes may use the database at the same time.</summary>
    public abstract bool ManyNodes { get; }

    /// <summary>Stores webhooks in one transaction, before everything else that waits to be written.</summary>
    /// <param name="webhooks">Asked when the transaction begins, so that whatever arrived until then belongs to it.</param>
    /// <param name="cancel">Ends the waiting, not a commit under way.</param>
    /// <returns>For each webhook true = new, false = known already.</returns>
    public abstract Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel);

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<PortalDb, Task> work, CancellationToken cancel) => WriteAsync(Answering(work), cancel);

    /// <inheritdoc cref="WriteToAsync{T}" />
    public Task WriteToAsync(long conversationId, Func<PortalDb, Task> work, CancellationToken cancel) =>
        WriteToAsync(conversationId, Answering(work), cancel);

    /// <summary>A new context.</summary>
    protected abstract PortalDb Open();

    private static Func<PortalDb, Task<bool>> Answering(Func<PortalDb, Task> work) =>
        async db =>
        {
            await work(db);
            return true;
        };
}
