using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Webhooks that are applied together, with everything that decides about them, read at once.</summary>
internal sealed class ReceivedBatch
{
    private readonly Dictionary<(Guid, string), Conversation> _conversations;
    private readonly Dictionary<long, List<OwnershipEvent>> _histories;
    private readonly HashSet<(long, string)> _own;

    private ReceivedBatch(
        IReadOnlyList<ReceivedDelivery> deliveries,
        Dictionary<(Guid, string), Conversation> conversations,
        Dictionary<long, List<OwnershipEvent>> histories,
        HashSet<(long, string)> own
    ) => (Deliveries, _conversations, _histories, _own) = (deliveries, conversations, histories, own);

    public IReadOnlyList<ReceivedDelivery> Deliveries { get; }

    public static async Task<ReceivedBatch> ReadAsync(PortalDb db, KnownBots bots, List<Delivery> received, CancellationToken cancel)
    {
        var ids = received.Select(d => d.Id).ToList();
        var bodies = await db.Payloads.AsNoTracking().Where(p => ids.Contains(p.DeliveryId)).ToDictionaryAsync(p => p.DeliveryId, p => p.Body, cancel);
        var deliveries = new List<ReceivedDelivery>(received.Count);
        foreach (var delivery in received)
        {
            var bot = await bots.ByIdAsync(delivery.BotId, cancel);
            deliveries.Add(new(delivery, bot, FreshchatEvent.TryRead(bodies[delivery.Id], out var what) ? what : null));
        }
        var conversations = await ConversationsAsync(db, deliveries, cancel);
        var known = conversations.Values.Select(c => c.Id).ToList();
        var histories = (await db.OwnershipEvents.Where(e => known.Contains(e.ConversationId)).ToListAsync(cancel))
            .GroupBy(e => e.ConversationId)
            .ToDictionary(g => g.Key, g => g.ToList());
        var messages = deliveries.Where(d => d.What is { ActorType: not "user" }).Select(d => d.What!.Message?.Id).OfType<string>().ToList();
        var own = messages.Count == 0
            ? []
            : (await db.Replies.AsNoTracking()
                .Where(r => known.Contains(r.ConversationId) && messages.Contains(r.FreshchatMessageId!))
                .Select(r => new { r.ConversationId, r.FreshchatMessageId })
                .ToListAsync(cancel))
                .Select(r => (r.ConversationId, r.FreshchatMessageId!))
                .ToHashSet();
        return new(deliveries, conversations, histories, own);
    }

    /// <summary>Conversations in which a message waits again that had been left to people.</summary>
    public HashSet<long> Reconsidered { get; } = [];

    public Conversation ConversationOf(ReceivedDelivery received) => _conversations[(received.Delivery.BotId, received.ConversationId!)];

    public List<OwnershipEvent> HistoryOf(Conversation conversation)
    {
        if (!_histories.TryGetValue(conversation.Id, out var history))
            _histories[conversation.Id] = history = [];
        return history;
    }

    /// <summary>True when a POST of ours returned this message id.</summary>
    public bool IsOwn(Conversation conversation, string? messageId) => messageId is not null && _own.Contains((conversation.Id, messageId));

    // Made when they are new, then locked in the order of their ids, so that two nodes never wait for each other.
    private static async Task<Dictionary<(Guid, string), Conversation>> ConversationsAsync(
        PortalDb db,
        List<ReceivedDelivery> deliveries,
        CancellationToken cancel
    )
    {
        var named = deliveries.Where(d => d.ConversationId is not null).Select(d => (d.Delivery.BotId, d.ConversationId!)).ToHashSet();
        if (named.Count == 0)
            return [];
        var ids = await IdsAsync(db, named, cancel);
        var missing = named.Except(ids.Keys).Order().ToList();
        foreach (var (bot, freshchatId) in missing)
        {
            var at = deliveries.First(d => d.ConversationId == freshchatId).Delivery.ReceivedAt.ToUnixTimeMilliseconds();
            await db.Database.ExecuteSqlAsync(
                $"""
                insert into "Conversations" ("BotId", "FreshchatId", "Owner", "RoomHalted", "PeopleMayNotSeeIt", "CreatedAt", "LastEventAt")
                values ({bot}, {freshchatId}, 'Bot', {false}, {false}, {at}, {at}) on conflict do nothing
                """,
                cancel
            );
        }
        if (missing.Count > 0)
            ids = await IdsAsync(db, named, cancel);
        await db.LockAsync([.. ids.Values.Order()], cancel);
        return await db.Conversations.Where(c => ids.Values.Contains(c.Id)).ToDictionaryAsync(c => (c.BotId, c.FreshchatId), cancel);
    }

    private static async Task<Dictionary<(Guid, string), long>> IdsAsync(PortalDb db, HashSet<(Guid, string)> named, CancellationToken cancel)
    {
        var (bots, names) = (named.Select(n => n.Item1).Distinct().ToList(), named.Select(n => n.Item2).Distinct().ToList());
        var found = await db.Conversations.AsNoTracking()
            .Where(c => bots.Contains(c.BotId) && names.Contains(c.FreshchatId))
            .Select(c => new { c.BotId, c.FreshchatId, c.Id })
            .ToListAsync(cancel);
        return found.Where(c => named.Contains((c.BotId, c.FreshchatId))).ToDictionary(c => (c.BotId, c.FreshchatId), c => c.Id);
    }
}

/// <summary>A stored webhook and what it says.</summary>
/// <param name="Delivery">The row.</param>
/// <param name="Known">Whose it is.</param>
/// <param name="What">What it says; null when that cannot be read.</param>
internal sealed record ReceivedDelivery(Delivery Delivery, KnownBot Known, FreshchatEvent? What)
{
    public Bot Bot => Known.Bot;

    /// <summary>True when it means something for a conversation.</summary>
    public bool Meaningful => What is { Kind: not EventKind.Unknown, ConversationId: not null };

    /// <summary>True when it waits to be passed on, whatever it means (mammut.md 7).</summary>
    public bool Relayed => Known.Relays && Bot.Answers;

    /// <summary>Where it belongs; null when nothing follows from it.</summary>
    public string? ConversationId => Meaningful || Relayed ? What?.ConversationId ?? Conversation.OfNone : null;
}
