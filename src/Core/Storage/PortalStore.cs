using Core.Webhooks;
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

    /// <summary>
    /// Takes the oldest webhooks that nobody has given their meaning yet, together with the conversations they belong to: until the
    /// transaction ends no other node has them, nor writes to these conversations (<see cref="WriteToAsync{T}"/>). Conversations that
    /// are being written to elsewhere are passed over while there are others. Nothing taken = nothing is left.
    /// </summary>
    /// <param name="most">How many at most.</param>
    /// <param name="except">Ids that are left alone.</param>
    /// <param name="work">What to do with them, oldest first; as in <see cref="WriteAsync{T}"/>.</param>
    /// <param name="cancel">Ends the waiting, not a commit under way.</param>
    public abstract Task<T> TakeReceivedAsync<T>(
        int most,
        IReadOnlyCollection<long> except,
        Func<PortalDb, IReadOnlyList<Delivery>, Task<T>> work,
        CancellationToken cancel
    );

    /// <summary>Stores webhooks in one transaction, before everything else that waits to be written.</summary>
    public abstract Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel);

    /// <inheritdoc cref="WriteAsync{T}" />
    public Task WriteAsync(Func<PortalDb, Task> work, CancellationToken cancel) => WriteAsync(Answering(work), cancel);

    /// <inheritdoc cref="WriteToAsync{T}" />
    public Task WriteToAsync(long conversationId, Func<PortalDb, Task> work, CancellationToken cancel) =>
        WriteToAsync(conversationId, Answering(work), cancel);

    /// <summary>What was stored and has no meaning yet, oldest first.</summary>
    protected static IQueryable<Delivery> Received(PortalDb db, IReadOnlyCollection<long> except)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Deliveries.Where(d => d.Status == DeliveryStatus.Received && !except.Contains(d.Id)).OrderBy(d => d.Id);
    }

    /// <summary>A new context.</summary>
    protected abstract PortalDb Open();

    private static Func<PortalDb, Task<bool>> Answering(Func<PortalDb, Task> work) =>
        async db =>
        {
            await work(db);
            return true;
        };
}
