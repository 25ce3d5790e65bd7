using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// The right to work on a conversation, one node at a time. It lapses when its holder gives no sign of life; on SQLite one process
/// holds the file, so all leases are void at start (portal.md 2).
/// </summary>
internal sealed class Lease(PortalStore store, IOptions<InboxOptions> options, TimeProvider clock)
{
    private readonly string _node = $"{Environment.MachineName}-{Guid.CreateVersion7():N}";

    /// <summary>Takes the lease, or renews it; false when another node holds it.</summary>
    public Task<bool> TakeAsync(long conversationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return store.WriteAsync(
            async db =>
                await db.Conversations.Where(c => c.Id == conversationId && (c.LeaseOwner == null || c.LeaseOwner == _node || c.LeaseUntil < now))
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(c => c.LeaseOwner, _node).SetProperty(c => c.LeaseUntil, now + options.Value.Lease),
                        cancel
                    ) == 1,
            cancel
        );
    }

    /// <summary>Keeps the lease until <paramref name="cancel"/>; ends early when another node has taken it.</summary>
    public async Task KeepAsync(long conversationId, CancellationToken cancel)
    {
        using var timer = new PeriodicTimer(options.Value.Lease / 3, clock);
        while (await timer.WaitForNextTickAsync(cancel))
        {
            if (!await TakeAsync(conversationId, cancel))
                return;
        }
    }

    /// <summary>Gives the lease back.</summary>
    public Task ReleaseAsync(long conversationId) =>
        store.WriteAsync(
            db =>
                db.Conversations.Where(c => c.Id == conversationId && c.LeaseOwner == _node)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(c => c.LeaseOwner, (string?)null).SetProperty(c => c.LeaseUntil, (DateTimeOffset?)null),
                        CancellationToken.None
                    ),
            CancellationToken.None
        );

    /// <summary>Forgets every lease: they were of a process that is gone.</summary>
    public Task VoidAllAsync(CancellationToken cancel) =>
        store.WriteAsync(
            db =>
                db.Conversations.Where(c => c.LeaseOwner != null)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(c => c.LeaseOwner, (string?)null).SetProperty(c => c.LeaseUntil, (DateTimeOffset?)null),
                        cancel
                    ),
            cancel
        );
}
