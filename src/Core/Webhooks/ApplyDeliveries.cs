using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Microsoft.Extensions.Logging;

namespace Core.Webhooks;

/// <summary>
/// Gives each stored webhook its meaning: who wrote, who owns the conversation now, and whether a customer's message waits for a
/// turn. Never waits behind a running turn, so that the look before each reply sees everything that is stored (freshchat.md 10, 12.4).
/// </summary>
public sealed partial class ApplyDeliveries(PortalStore store, KnownBots bots, SetAside aside, ChangeFeed feed, TimeProvider clock, ILogger<ApplyDeliveries> log)
{
    private const int MostTogether = 32;
    private static readonly TimeSpan AsideFor = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Applies the oldest stored deliveries. The result has an entry for each, naming the conversation if there is something to do in
    /// it now; empty = nothing was left.
    /// </summary>
    public async Task<IReadOnlyList<long?>> NextAsync(CancellationToken cancel)
    {
        IReadOnlyList<AppliedDelivery> applied;
        try
        {
            applied = await ApplyOldestAsync(MostTogether, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException && !StorageFaults.IsDown(e))
        {
            applied = await ApplySinglyAsync(cancel);
        }
        foreach (var conversation in applied.Select(d => (d.BotId, d.ConversationId)).Distinct())
            feed.Announce(conversation.BotId, conversation.ConversationId);
        return [.. applied.Select(d => d.LeavesWork ? d.ConversationId : null)];
    }

    /// <summary>Applies what is stored for one conversation, inside the caller's transaction: the last look before a reply (freshchat.md 11).</summary>
    public async Task ApplyToAsync(PortalDb db, Conversation conversation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        await ApplyAsync(db, await db.TakeReceivedOfAsync(conversation, cancel), cancel);
    }

    private Task<IReadOnlyList<AppliedDelivery>> ApplyOldestAsync(int most, CancellationToken cancel) =>
        store.WriteLockingAsync(async db => await ApplyAsync(db, await db.TakeReceivedAsync(most, aside.At(clock.GetUtcNow()), cancel), cancel), cancel);

    // One delivery that a bug cannot digest must not hold up every customer: it is set aside for a while, and its own conversation
    // stays silent, because the last look before a reply fails on it too.
    private async Task<IReadOnlyList<AppliedDelivery>> ApplySinglyAsync(CancellationToken cancel)
    {
        while (true)
        {
            Delivery? tried = null;
            try
            {
                return await store.WriteLockingAsync(
                    async db =>
                    {
                        var received = await db.TakeReceivedAsync(1, aside.At(clock.GetUtcNow()), cancel);
                        tried = received.FirstOrDefault();
                        return await ApplyAsync(db, received, cancel);
                    },
                    cancel
                );
            }
            catch (Exception e) when (e is not OperationCanceledException && !StorageFaults.IsDown(e) && tried is not null)
            {
                aside.Put(tried.Id, tried.BotId, clock.GetUtcNow() + AsideFor);
                PutAside(e, tried.Id);
                feed.AnnounceEvents(tried.BotId);
            }
        }
    }

    private async Task<IReadOnlyList<AppliedDelivery>> ApplyAsync(PortalDb db, List<Delivery> received, CancellationToken cancel)
    {
        if (received.Count == 0)
            return [];
        var batch = await ReceivedBatch.ReadAsync(db, bots, received, cancel);
        var apply = new ApplyOne(db, batch, clock.GetUtcNow());
        foreach (var delivery in batch.Deliveries)
            await apply.RunAsync(delivery, cancel);
        await db.SaveChangesAsync(cancel);
        return
        [
            .. batch.Deliveries.Select(d => new AppliedDelivery(
                d.Delivery.BotId,
                d.Delivery.ConversationId,
                d.Delivery.Status is DeliveryStatus.Waiting
                    || (d.Delivery.ConversationId is { } c && batch.Reconsidered.Contains(c))
                    || (d.Meaningful && batch.ConversationOf(d) is { RoomHalted: true, Owner: Owner.Bot })
            )),
        ];
    }

    private readonly record struct AppliedDelivery(Guid BotId, long? ConversationId, bool LeavesWork);

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} could not be applied; it is set aside and tried again after a minute")]
    private partial void PutAside(Exception e, long deliveryId);
}
