using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Before the first turn of a conversation: do people hold it already? Looks through Freshchat's own messages when the portal has
/// never done so, when the bot has just gone live or resumed, or after the portal was away (freshchat.md 12.5).
/// </summary>
internal sealed class FirstSight(FreshchatClient freshchat, PortalStore store, TurnRecord record, Uptime uptime, TimeProvider clock)
{
    public bool Needed(TurnWork work) =>
        work.Conversation.FirstSightAt is not { } looked || looked < work.Bot.LiveSince || looked < uptime.AwayUntil;

    /// <summary>Null when it has been looked at; else why it could not be, in which case the bot must not answer meanwhile.</summary>
    public async Task<FarFailure?> LookAsync(TurnWork work, CancellationToken cancel)
    {
        var messages = await freshchat.ListMessages(work.Account!, work.Ids, cancel);
        await record.NoteAsync(work, "freshchat.messages", messages, cancel);
        if (!messages.Succeeded)
            return messages.Failure;
        await store.WriteAsync(db => RecordAsync(db, work, messages.Value, cancel), cancel);
        return null;
    }

    private async Task RecordAsync(PortalDb db, TurnWork work, IReadOnlyList<FreshchatMessage> messages, CancellationToken cancel)
    {
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var lastEnd = history.Where(e => e.Cause is OwnershipCause.Resolved or OwnershipCause.Reopened).Max(e => e.At);
        var own = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && r.FreshchatMessageId != null)
            .Select(r => r.FreshchatMessageId!)
            .ToListAsync(cancel);
        var known = history.Where(e => e.Cause is OwnershipCause.AgentMessage).Select(e => e.At).ToHashSet();
        foreach (var message in messages.Where(m => ByAnotherAgent(m, work.Bot.AgentId) && !own.Contains(m.Id) && Current(m, work.Turn, lastEnd)))
        {
            if (known.Contains(message.CreatedTime))
                continue;
            var e = new OwnershipEvent
            {
                ConversationId = work.Conversation.Id,
                Cause = OwnershipCause.AgentMessage,
                At = message.CreatedTime ?? work.Turn.CreationDate,
                InteractionId = message.InteractionId,
            };
            db.Add(e);
            history.Add(e);
        }
        var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
        conversation.FirstSightAt = clock.GetUtcNow();
        conversation.Owner = Ownership.Now(history);
    }

    // Rows 2 to 4 of freshchat.md 10 hold here too.
    private static bool ByAnotherAgent(FreshchatMessage message, string botAgentId) =>
        message.ActorType == "agent"
        && message.ActorId != botAgentId
        && message.BotsPrivateNote is not true
        && (message.MessageType ?? "normal") == "normal";

    // Without ids every message after the last known end of an episode counts: errs towards silence.
    private static bool Current(FreshchatMessage message, Turn turn, DateTimeOffset? lastEnd) =>
        message.InteractionId is { } episode && turn.InteractionId is { } now ? episode == now : lastEnd is null || message.CreatedTime > lastEnd;
}
