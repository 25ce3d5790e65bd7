using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>One attempt to assign a conversation to the group of its hand-over, and what reading it back shows (freshchat.md 12.2, 12.3).</summary>
internal sealed class AssignToGroup(FreshchatClient freshchat, TurnRecord record, TimeProvider clock)
{
    /// <summary>Assigns, reads back, releases the bot's agent where it clings. What stands then is written down.</summary>
    public async Task<(FarFailure?, HandOverVerdict?)> HandleAsync(TurnWork work, CancellationToken cancel)
    {
        var groupId = work.Turn.HandOver!.GroupId!;
        var assigned = await freshchat.AssignGroup(work.Account!, work.Ids, groupId, cancel);
        work.Note("freshchat.assign", assigned, clock.GetUtcNow());
        if (!assigned.Succeeded)
            return (assigned.Failure, null);
        var read = await ReadBackAsync(work, cancel);
        if (!read.Succeeded)
            return (read.Failure, null);
        var verdict = HandOverVerdicts.Judge(read.Value, groupId, work.Bot.AgentId);
        if (verdict is HandOverVerdict.BotAgentClings)
            verdict = await ReleaseAsync(work, groupId, cancel);
        if (verdict is HandOverVerdict.NotAssigned)
            return (new FarFailure(FailureKind.Unavailable, "not_assigned"), verdict);
        await record.WriteAsync(work, db => ConfirmAsync(db, work, verdict, read.Value.UpdatedTime, cancel), cancel);
        return (null, verdict);
    }

    // freshchat.md 12.3: "" releases the bot's agent, a single space is the second try.
    private async Task<HandOverVerdict> ReleaseAsync(TurnWork work, string groupId, CancellationToken cancel)
    {
        foreach (var withSpace in (bool[])[false, true])
        {
            var released = await freshchat.ReleaseAgent(work.Account!, work.Ids, withSpace, cancel);
            work.Note("freshchat.release", released, clock.GetUtcNow());
            var read = await ReadBackAsync(work, cancel);
            if (read.Succeeded && HandOverVerdicts.Judge(read.Value, groupId, work.Bot.AgentId) is var verdict and not HandOverVerdict.BotAgentClings)
                return verdict;
        }
        return HandOverVerdict.BotAgentClings;
    }

    private async Task<FarResult<FreshchatConversation>> ReadBackAsync(TurnWork work, CancellationToken cancel)
    {
        var read = await freshchat.GetConversation(work.Account!, work.Ids, cancel);
        work.Note("freshchat.read_back", read, clock.GetUtcNow());
        return read;
    }

    private async Task<bool> ConfirmAsync(PortalDb db, TurnWork work, HandOverVerdict verdict, DateTimeOffset? updated, CancellationToken cancel)
    {
        var handOver = await db.HandOvers.FirstAsync(h => h.TurnId == work.Turn.Id, cancel);
        (handOver.ConfirmedAt, handOver.Verdict) = (clock.GetUtcNow(), verdict);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
        conversation.PeopleMayNotSeeIt = verdict is HandOverVerdict.BotAgentClings;
        // A hand-over that stayed without a date would be newer than every resolution to come, and the bot would never be back.
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var ours = history.Where(e => e.Cause is OwnershipCause.HandOver).MaxBy(e => e.Id);
        if (ours is { At: null })
            ours.At = updated ?? work.Turn.CreationDate;
        conversation.Owner = Ownership.Now(history);
        return true;
    }
}
