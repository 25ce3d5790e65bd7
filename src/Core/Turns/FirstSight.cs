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
internal sealed class FirstSight(FreshchatClient freshchat, TurnRecord record, Uptime uptime, TimeProvider clock)
{
    public bool Needed(TurnWork work) =>
        work.Conversation.FirstSightAt is not { } looked || looked < work.Bot.LiveSince || looked < uptime.AwayUntil || uptime.AwayNow;

    /// <summary>Null when it has been looked at; else why it could not be, in which case the bot must not answer meanwhile.</summary>
    public async Task<FarFailure?> LookAsync(TurnWork work, CancellationToken cancel)
    {
        var messages = await freshchat.ListMessages(work.Account!, work.Ids, cancel);
        work.Note("freshchat.messages", messages, clock.GetUtcNow());
        if (!messages.Succeeded)
            return messages.Failure;
        work.Conversation.FirstSightAt = clock.GetUtcNow();
        var byOthers = messages.Value.Where(m => ByAnotherAgent(m, work.Bot.AgentId)).ToList();
        // Written with the first stage of the turn; only what changes the owner is worth a transaction of its own.
        if (byOthers.Count > 0)
            await record.SaveAsync(work, db => RecordAsync(db, work, byOthers, cancel), cancel);
        return null;
    }

    private static async Task<bool> RecordAsync(PortalDb db, TurnWork work, List<FreshchatMessage> messages, CancellationToken cancel)
    {
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var lastEnd = history.Where(e => e.Cause is OwnershipCause.Resolved or OwnershipCause.Reopened).Max(e => e.At);
        var ids = messages.Select(m => m.Id).ToList();
        var own = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && ids.Contains(r.FreshchatMessageId!))
            .Select(r => r.FreshchatMessageId!)
            .ToListAsync(cancel);
        var known = history.Where(e => e.Cause is OwnershipCause.AgentMessage).Select(e => e.At).ToHashSet();
        foreach (var message in messages.Where(m => !own.Contains(m.Id) && Current(m, work.Turn, lastEnd) && !known.Contains(m.CreatedTime)))
        {
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
        (await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel)).Owner = Ownership.Now(history);
        return true;
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
