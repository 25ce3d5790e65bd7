using Core.Bots;
using Core.Bots.Connecting;
using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>What one webhook changes, within its batch.</summary>
internal sealed class ApplyOne(PortalDb db, ReceivedBatch batch, DateTimeOffset now)
{
    public async Task RunAsync(ReceivedDelivery received, CancellationToken cancel)
    {
        var delivery = received.Delivery;
        if (received.Relayed)
            delivery.Wait();
        else if (!received.Meaningful)
            delivery.Ignore(Reasons.UnknownAction, now);
        if (received.ConversationId is null)
            return;
        var conversation = batch.ConversationOf(received);
        delivery.ConversationId = conversation.Id;
        conversation.LastEventAt = delivery.ReceivedAt;
        if (received.Meaningful)
            await MeanAsync(conversation, received, cancel);
    }

    private async Task MeanAsync(Conversation conversation, ReceivedDelivery received, CancellationToken cancel)
    {
        Learn(conversation, received);
        var history = batch.HistoryOf(conversation);
        if (received.What!.Kind is EventKind.MessageCreated)
            await MessageAsync(conversation, received, history, cancel);
        else
            await StateAsync(conversation, received, history, cancel);
        conversation.Owner = Ownership.Now(history);
        // People took it or are done with it without us: the hand-over that failed is owed no more. What is relayed keeps its order.
        if (!received.Relayed && history.Any(e => e.DeliveryId == received.Delivery.Id))
            conversation.BlockedByTurnId = null;
    }

    private static void Learn(Conversation conversation, ReceivedDelivery received)
    {
        var what = received.What!;
        conversation.NumericId ??= what.NumericConversationId;
        conversation.UserId ??= what.UserId;
        conversation.ChannelId = what.ChannelId ?? conversation.ChannelId;
    }

    private async Task MessageAsync(Conversation conversation, ReceivedDelivery received, List<OwnershipEvent> history, CancellationToken cancel)
    {
        var (delivery, bot, what) = (received.Delivery, received.Bot, received.What!);
        if (what.ActorType == "user")
            ReturnToBot.Conclude(bot, delivery, what, history, e => Record(history, e), conversation.Id);
        // A hand-over of ours that Freshchat has not dated yet decides nothing about what arrives: that waits until the turn is over, or a
        // message of the next episode would be ignored for good.
        var dated = history.Where(e => e.At is not null).ToList();
        var owner = Ownership.Now(dated) is Owner.People ? Owner.People : Ownership.At(dated, delivery.EventTime);
        var own = batch.IsOwn(conversation, what.Message!.Id);
        var verdict = MessageRule.Judge(bot, what, own, owner);
        if (verdict.Reason is Reasons.BotDraft)
            verdict = await RehearsedAsync(verdict, MessageRule.Judge(bot, what, own, owner, rehearses: true), received, conversation, cancel);
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
        if (verdict.Disposition is Disposition.Handle)
            Record(history, New(OwnershipCause.AgentMessage, conversation.Id, received));
        if (verdict.Reason is Reasons.OwnEcho)
            await SettleReply.ByEchoAsync(db, conversation.Id, delivery, what, cancel);
        if (received.Relayed)
            return;
        if (verdict.Disposition is Disposition.Wait)
            delivery.Wait();
        else if (verdict.Disposition is Disposition.Handle)
            delivery.Handle(verdict.Reason, now);
        else
            delivery.Ignore(verdict.Reason!, now);
    }

    // Only what the bot would answer begins the conversation of a proof; why it would not, whoever waits for the proof wants to know.
    private async Task<MessageVerdict> RehearsedAsync(MessageVerdict asDraft, MessageVerdict rehearsed, ReceivedDelivery received, Conversation conversation, CancellationToken cancel)
    {
        var (bot, at) = (received.Bot.Id, received.Delivery.ReceivedAt);
        var counts = rehearsed.Disposition is Disposition.Wait
            ? await Rehearsals.JoinAsync(db, bot, conversation.Id, at, cancel)
            : await Rehearsals.MayJoinAsync(db, bot, conversation.Id, at, cancel);
        return counts ? rehearsed : asDraft;
    }

    private async Task StateAsync(Conversation conversation, ReceivedDelivery received, List<OwnershipEvent> history, CancellationToken cancel)
    {
        var what = received.What!;
        OwnershipCause? cause = what.Kind switch
        {
            EventKind.Resolved => OwnershipCause.Resolved,
            EventKind.Reopened => OwnershipCause.Reopened,
            _ => AssignmentRule.Judge(received.Bot, what.Assignment!),
        };
        if (cause is { } known)
        {
            Record(history, New(known, conversation.Id, received));
            if (!Ownership.GivesToPeople(known))
                await TakeUpAsync(conversation, received.Delivery.EventTime, history, cancel);
        }
        else if (what.Assignment?.ToGroupId is { } group)
            await DateHandOverAsync(conversation, group, received.Delivery.EventTime, history, cancel);
        if (!received.Relayed)
            received.Delivery.Handle(Reasons.StateEvent, now);
    }

    // Told too late: the customer wrote after the bot was back, and was left to people who had nothing to do with it.
    private async Task TakeUpAsync(Conversation conversation, DateTimeOffset back, List<OwnershipEvent> history, CancellationToken cancel)
    {
        if (await LeftToPeople.TakeUpAsync(db, conversation.Id, back, history, batch.Deliveries.Select(d => d.Delivery), cancel))
            batch.Reconsidered.Add(conversation.Id);
    }

    // freshchat.md 12.4: the first assignment to our group after the PUT dates the hand-over on Freshchat's clock.
    private async Task DateHandOverAsync(
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

    private static OwnershipEvent New(OwnershipCause cause, long conversationId, ReceivedDelivery received) =>
        new()
        {
            ConversationId = conversationId,
            Cause = cause,
            At = received.Delivery.EventTime,
            InteractionId = received.What!.InteractionId,
            DeliveryId = received.Delivery.Id,
        };

    private void Record(List<OwnershipEvent> history, OwnershipEvent e)
    {
        db.Add(e);
        history.Add(e);
    }
}
