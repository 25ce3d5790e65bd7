using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Core.Webhooks;

/// <summary>
/// Gives each stored webhook its meaning: who wrote, who owns the conversation now, and whether a customer's message waits for a
/// turn. Never waits behind a running turn, so that the look before each reply sees everything that is stored (freshchat.md 10, 12.4).
/// </summary>
public sealed partial class ApplyDeliveries(PortalStore store, ChangeFeed feed, TimeProvider clock, ILogger<ApplyDeliveries> log)
{
    private const int MostTogether = 64;

    private readonly HashSet<long> _setAside = [];

    /// <summary>
    /// Applies the oldest stored deliveries. The result has an entry for each, naming the conversation that may now have something to
    /// do, if there is one; empty = nothing was left.
    /// </summary>
    public async Task<IReadOnlyList<long?>> NextAsync(CancellationToken cancel)
    {
        List<(Guid Bot, long? Conversation)> touched;
        try
        {
            touched = await ApplyOldestAsync(MostTogether, cancel);
        }
        catch (Exception e) when (e is not OperationCanceledException && !StorageFaults.IsDown(e))
        {
            touched = await ApplySinglyAsync(cancel);
        }
        foreach (var (bot, conversation) in touched)
            feed.Announce(bot, conversation);
        return [.. touched.Select(t => t.Conversation)];
    }

    private Task<List<(Guid Bot, long? Conversation)>> ApplyOldestAsync(int most, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var received = await db.Deliveries.Where(d => d.Status == DeliveryStatus.Received && !_setAside.Contains(d.Id))
                    .OrderBy(d => d.Id)
                    .Take(most)
                    .ToListAsync(cancel);
                return await ApplyAsync(db, received, cancel);
            },
            cancel
        );

    // One delivery that a bug cannot digest must not hold up every customer: it is set aside until the next start, and its own
    // conversation stays silent, because the last look before a reply fails on it too.
    private async Task<List<(Guid Bot, long? Conversation)>> ApplySinglyAsync(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await ApplyOldestAsync(1, cancel);
            }
            catch (Exception e) when (e is not OperationCanceledException && !StorageFaults.IsDown(e))
            {
                await using var db = store.Read();
                var oldest = await db.Deliveries.Where(d => d.Status == DeliveryStatus.Received && !_setAside.Contains(d.Id))
                    .OrderBy(d => d.Id)
                    .Select(d => d.Id)
                    .FirstAsync(cancel);
                _setAside.Add(oldest);
                SetAside(e, oldest);
            }
        }
    }

    /// <summary>Applies what is stored for one conversation, inside the caller's transaction: the last look before a reply (freshchat.md 11).</summary>
    public async Task ApplyToAsync(PortalDb db, Conversation conversation, CancellationToken cancel)
    {
        var received = await db.Deliveries.Where(d =>
                d.Status == DeliveryStatus.Received
                && d.BotId == conversation.BotId
                && d.FreshchatConversationId == conversation.FreshchatId
            )
            .OrderBy(d => d.Id)
            .ToListAsync(cancel);
        await ApplyAsync(db, received, cancel);
    }

    private async Task<List<(Guid Bot, long? Conversation)>> ApplyAsync(PortalDb db, List<Delivery> received, CancellationToken cancel)
    {
        var touched = new List<(Guid, long?)>(received.Count);
        foreach (var delivery in received)
        {
            var bot = await db.Bots.FirstAsync(b => b.Id == delivery.BotId, cancel);
            var body = await db.Payloads.AsNoTracking().Where(p => p.DeliveryId == delivery.Id).Select(p => p.Body).FirstAsync(cancel);
            if (!FreshchatEvent.TryRead(body, out var what))
                delivery.Ignore(Reasons.UnknownAction, clock.GetUtcNow());
            else
                await ApplyAsync(db, bot, delivery, what, cancel);
            // The next one may build on what this one changed.
            await db.SaveChangesAsync(cancel);
            touched.Add((delivery.BotId, delivery.ConversationId));
        }
        return touched;
    }

    private async Task ApplyAsync(PortalDb db, Bot bot, Delivery delivery, FreshchatEvent what, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (what.Kind is EventKind.Unknown || what.ConversationId is null)
        {
            delivery.Ignore(Reasons.UnknownAction, now);
            return;
        }
        var conversation = await ConversationOfAsync(db, bot, delivery, what, cancel);
        delivery.ConversationId = conversation.Id;
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == conversation.Id).ToListAsync(cancel);
        if (what.Kind is EventKind.MessageCreated)
            await MessageAsync(db, bot, conversation, delivery, what, history, cancel);
        else
            await StateAsync(db, bot, conversation, delivery, what, history, cancel);
        conversation.Owner = Ownership.Now(history);
    }

    private async Task MessageAsync(
        PortalDb db,
        Bot bot,
        Conversation conversation,
        Delivery delivery,
        FreshchatEvent what,
        List<OwnershipEvent> history,
        CancellationToken cancel
    )
    {
        if (what.ActorType == "user")
            ReturnToBot.Conclude(bot, delivery, what, history, e => Record(db, history, e), conversation.Id);
        var own = what.Message!.Id is { } id
            && await db.Replies.AnyAsync(r => r.ConversationId == conversation.Id && r.FreshchatMessageId == id, cancel);
        var owner = Ownership.Now(history) is Owner.People ? Owner.People : Ownership.At(history, delivery.EventTime);
        var verdict = MessageRule.Judge(bot, what, own, owner);
        db.Add(
            new Message
            {
                ConversationId = conversation.Id,
                DeliveryId = delivery.Id,
                FreshchatId = what.Message.Id,
                Author = verdict.Author,
                Text = what.Message.Text,
                CreatedAt = delivery.EventTime,
                InteractionId = what.InteractionId,
            }
        );
        switch (verdict.Disposition)
        {
            case Disposition.Wait:
                delivery.Wait();
                break;
            case Disposition.Handle:
                Record(db, history, New(OwnershipCause.AgentMessage, conversation.Id, delivery, what));
                delivery.Handle(verdict.Reason, clock.GetUtcNow());
                break;
            default:
                if (verdict.Reason is Reasons.OwnEcho)
                    await SettleReply.ByEchoAsync(db, conversation.Id, delivery, what, cancel);
                delivery.Ignore(verdict.Reason!, clock.GetUtcNow());
                break;
        }
    }

    private async Task StateAsync(
        PortalDb db,
        Bot bot,
        Conversation conversation,
        Delivery delivery,
        FreshchatEvent what,
        List<OwnershipEvent> history,
        CancellationToken cancel
    )
    {
        OwnershipCause? cause = what.Kind switch
        {
            EventKind.Resolved => OwnershipCause.Resolved,
            EventKind.Reopened => OwnershipCause.Reopened,
            _ => AssignmentRule.Judge(bot, what.Assignment!),
        };
        if (cause is { } known)
            Record(db, history, New(known, conversation.Id, delivery, what));
        else if (what.Assignment?.ToGroupId is { } group)
            await DateHandOverAsync(db, conversation, group, delivery.EventTime, history, cancel);
        delivery.Handle(Reasons.StateEvent, clock.GetUtcNow());
    }

    // freshchat.md 12.4: the first assignment to our group after the PUT dates the hand-over on Freshchat's clock.
    private static async Task DateHandOverAsync(
        PortalDb db,
        Conversation conversation,
        string group,
        DateTimeOffset at,
        List<OwnershipEvent> history,
        CancellationToken cancel
    )
    {
        var last = await db.HandOvers.Where(h => h.ConversationId == conversation.Id).OrderByDescending(h => h.Id).FirstOrDefaultAsync(cancel);
        var ours = history.Where(e => e.Cause is OwnershipCause.HandOver).MaxBy(e => e.Id);
        if (last?.GroupId != group || ours is null or { DatedByEvent: true })
            return;
        // Older than the question that led to it, or after the bot was back: somebody else's assignment to the same group.
        var asked = await db.Turns.Where(t => t.Id == last.TurnId).Select(t => t.CreationDate).FirstAsync(cancel);
        if (at < asked || history.Any(e => !Ownership.GivesToPeople(e.Cause) && ours.At <= e.At && e.At <= at))
            return;
        ours.At = at;
        ours.DatedByEvent = true;
    }

    private static async Task<Conversation> ConversationOfAsync(PortalDb db, Bot bot, Delivery delivery, FreshchatEvent what, CancellationToken cancel)
    {
        var conversation = await db.Conversations.FirstOrDefaultAsync(c => c.BotId == bot.Id && c.FreshchatId == what.ConversationId, cancel);
        if (conversation is null)
        {
            conversation = new Conversation { BotId = bot.Id, FreshchatId = what.ConversationId!, CreatedAt = delivery.ReceivedAt };
            db.Add(conversation);
        }
        conversation.NumericId ??= what.NumericConversationId;
        conversation.UserId ??= what.UserId;
        conversation.ChannelId = what.ChannelId ?? conversation.ChannelId;
        conversation.LastEventAt = delivery.ReceivedAt;
        await db.SaveChangesAsync(cancel);
        return conversation;
    }

    private static OwnershipEvent New(OwnershipCause cause, long conversationId, Delivery delivery, FreshchatEvent what) =>
        new()
        {
            ConversationId = conversationId,
            Cause = cause,
            At = delivery.EventTime,
            InteractionId = what.InteractionId,
            DeliveryId = delivery.Id,
        };

    private static void Record(PortalDb db, List<OwnershipEvent> history, OwnershipEvent e)
    {
        db.Add(e);
        history.Add(e);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Delivery {DeliveryId} could not be applied and is set aside until the next start")]
    private partial void SetAside(Exception e, long deliveryId);
}
