using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// The right to work on a conversation, one node at a time. It lapses when its holder gives no sign of life; on SQLite one process
/// holds the file, so all leases are void at start and none can be lost (portal.md 2).
/// </summary>
internal sealed class Lease(PortalStore store, IOptions<InboxOptions> options, TimeProvider clock)
{
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";
    private long _renewed = clock.GetTimestamp();

    /// <summary>How often what this node holds has to be renewed.</summary>
    public TimeSpan RenewEvery => options.Value.Lease / 3;

    /// <summary>Conversations that nobody works on, or whose holder is gone, or that are this node's already.</summary>
    public IQueryable<Conversations.Conversation> Free(PortalDb db)
    {
        var now = clock.GetUtcNow();
        return db.Conversations.Where(c => c.LeaseOwner == null || c.LeaseOwner == _node || c.LeaseUntil < now);
    }

    /// <summary>Takes the lease inside the caller's transaction; false when another node holds it.</summary>
    public async Task<bool> TakeAsync(PortalDb db, long conversationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (from, until) = (now.ToUnixTimeMilliseconds(), (now + options.Value.Lease).ToUnixTimeMilliseconds());
        // SQL: a bulk update with a new value each time would be compiled each time.
        return await db.Database.ExecuteSqlAsync(
            $"""
            update "Conversations" set "LeaseOwner" = {_node}, "LeaseUntil" = {until}
            where "Id" = {conversationId} and ("LeaseOwner" is null or "LeaseOwner" = {_node} or "LeaseUntil" < {from})
            """,
            cancel
        ) == 1;
    }

    /// <inheritdoc cref="TakeAsync(PortalDb, long, CancellationToken)" />
    public Task<bool> TakeAsync(long conversationId, CancellationToken cancel) =>
        store.WriteToAsync(conversationId, db => TakeAsync(db, conversationId, cancel), cancel);

    /// <summary>Gives the lease back inside the caller's transaction; false when it is kept.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="conversationId">Our id of the conversation.</param>
    /// <param name="unlessWaiting">Keeps it when a message waits for its turn: whoever has the lease forms it.</param>
    /// <param name="cancel">Ends the writing.</param>
    public async Task<bool> ReleaseAsync(PortalDb db, long conversationId, bool unlessWaiting, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update "Conversations" set "LeaseOwner" = null, "LeaseUntil" = null
            where "Id" = {conversationId} and "LeaseOwner" = {_node}
                and not ({unlessWaiting} and exists (
                    select 1 from "Deliveries" where "ConversationId" = {conversationId} and "Status" = 'Waiting' and "TurnId" is null))
            """,
            cancel
        ) == 1;

    /// <summary>Gives the lease back.</summary>
    public Task ReleaseAsync(long conversationId) =>
        store.WriteToAsync(
            conversationId,
            db => ReleaseAsync(db, conversationId, unlessWaiting: false, CancellationToken.None),
            CancellationToken.None
        );

    /// <summary>Renews everything that this node holds, with one statement.</summary>
    public async Task RenewAsync(CancellationToken cancel)
    {
        if (!store.ManyNodes)
            return;
        var began = clock.GetTimestamp();
        var until = clock.GetUtcNow() + options.Value.Lease;
        await store.WriteLockingAsync(
            async db =>
            {
                await db.RenewLeasesAsync(_node, until, cancel);
                return true;
            },
            cancel
        );
        Volatile.Write(ref _renewed, began);
    }

    /// <summary>
    /// Immediately before a request that must not be made twice: a node that was away for longer than its leases may have been
    /// replaced meanwhile. Throws <see cref="LeaseLostException"/>.
    /// </summary>
    /// <param name="intended">Timestamp of the clock before the intent was written: a commit that took too long may have been overtaken.</param>
    public void AssertAwake(long intended)
    {
        var oldest = Math.Min(intended, Volatile.Read(ref _renewed));
        if (store.ManyNodes && clock.GetElapsedTime(oldest) > options.Value.Lease - RenewEvery)
            throw new LeaseLostException();
    }

    /// <summary>What has just been read about a conversation must say that it is this node's. Throws <see cref="LeaseLostException"/>.</summary>
    public void AssertHeld(string? owner, DateTimeOffset? until)
    {
        if (store.ManyNodes && (owner != _node || until < clock.GetUtcNow()))
            throw new LeaseLostException();
    }

    /// <summary>Inside a transaction: nothing is written for a conversation that another node works on. Throws <see cref="LeaseLostException"/>.</summary>
    public async Task AssertHeldAsync(PortalDb db, long conversationId, CancellationToken cancel)
    {
        if (store.ManyNodes && !await db.Conversations.AnyAsync(c => c.Id == conversationId && c.LeaseOwner == _node, cancel))
            throw new LeaseLostException();
    }

    /// <summary>Forgets every lease where they can only be of a process that is gone.</summary>
    public async Task VoidAllAsync(CancellationToken cancel)
    {
        if (store.ManyNodes)
            return;
        await store.WriteAsync(
            db =>
                db.Conversations.Where(c => c.LeaseOwner != null)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(c => c.LeaseOwner, (string?)null).SetProperty(c => c.LeaseUntil, (DateTimeOffset?)null),
                        cancel
                    ),
            cancel
        );
    }
}

/// <summary>Another node works on the conversation now: whatever runs here stops without a trace.</summary>
internal sealed class LeaseLostException() : Exception("Another node works on this conversation.");
