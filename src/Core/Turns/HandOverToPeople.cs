using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Gives a conversation to the bot's group and confirms it by reading back (freshchat.md 12). The intent silences the bot before
/// Freshchat is asked; the assignment may be repeated without looking.
/// </summary>
internal sealed class HandOverToPeople(
    FreshchatClient freshchat,
    AskBot ask,
    ApplyDeliveries apply,
    PortalStore store,
    TurnRecord record,
    Persist persist,
    TimeProvider clock
)
{
    private static readonly TimeSpan BeforeSecondTry = TimeSpan.FromSeconds(5);

    /// <summary>Hands over with <paramref name="reason"/>, or resumes the hand-over that the turn has begun.</summary>
    public async Task<StepEnd> HandleAsync(long turnId, string reason, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        if (work.Turn.HandOver is null)
        {
            if (work.Bot.GroupId is null)
                return await WithoutGroupAsync(work, reason, cancel);
            if (await IntendAsync(work, reason, cancel))
                return StepEnd.PeopleOwn;
            work = await record.ReadAsync(turnId, cancel);
        }
        var handOver = work.Turn.HandOver!;
        if (work.Account is null)
            return StepEnd.Held;
        var (groupId, overridden, resolved) = (handOver.GroupId!, false, false);
        var end = await persist.RunAsync(
            work,
            async () =>
            {
                var (failure, verdict) = await AssignAsync(work, groupId, cancel);
                if (failure is { Kind: FailureKind.NotFound } && !resolved)
                {
                    // The group may have been made anew: its name decides (freshchat.md 12.1).
                    resolved = true;
                    groupId = await ResolveAgainAsync(work, groupId, cancel);
                    (failure, verdict) = await AssignAsync(work, groupId, cancel);
                }
                if (verdict is HandOverVerdict.Overridden && !overridden)
                {
                    // A rule won: once more after a while, then the admin is shown what stands (freshchat.md 12.3).
                    overridden = true;
                    await Task.Delay(BeforeSecondTry, clock, cancel);
                    (failure, _) = await AssignAsync(work, groupId, cancel);
                }
                return failure;
            },
            failure => failure.Kind is FailureKind.Unauthorized ? StepEnd.Held : failure.IsRefusal ? StepEnd.Stop(Reasons.HandOverFailed) : null,
            Reasons.HandOverFailed,
            deadline: false,
            cancel
        );
        if (end.Kind is not (StepKind.HandOver or StepKind.Stop))
            return end with { Reason = end.Reason ?? handOver.Reason };
        await store.WriteAsync(db => DateAsync(db, work, null, cancel), cancel);
        return StepEnd.Stop(Reasons.HandOverFailed);
    }

    // Nothing can be assigned. The bot goes on, unless it is set to stay silent where it does not know (freshchat.md 12.1, mammut.md 8).
    private async Task<StepEnd> WithoutGroupAsync(TurnWork work, string reason, CancellationToken cancel)
    {
        if (reason is not Reasons.DoesNotKnow)
            return StepEnd.Stop(reason);
        if (work.Bot.Policies.WithoutGroup is WithoutGroup.StaySilent)
        {
            await store.WriteAsync(db => SilenceAsync(db, work, OwnershipCause.Silenced, work.Turn.CreationDate, cancel), cancel);
            return StepEnd.Stop(reason);
        }
        // Unblocking is tried now and, should it fail, once more before the next text is said.
        await ask.UnblockAsync(work, cancel);
        return StepEnd.Stop(reason);
    }

    // True when people own the conversation already: then there is nothing to hand over.
    private Task<bool> IntendAsync(TurnWork work, string reason, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
                await apply.ApplyToAsync(db, conversation, cancel);
                if (conversation.Owner is Owner.People)
                    return true;
                var question = await db.OpenQuestions.Where(q => q.TurnId == work.Turn.Id).Select(q => (long?)q.IssueId).FirstOrDefaultAsync(cancel);
                db.Add(
                    new HandOver
                    {
                        TurnId = work.Turn.Id,
                        ConversationId = work.Conversation.Id,
                        BotId = work.Bot.Id,
                        GroupId = work.Bot.GroupId,
                        GroupName = work.Bot.GroupName,
                        Reason = reason,
                        IssueId = question,
                        IntentAt = clock.GetUtcNow(),
                    }
                );
                (await db.Turns.FirstAsync(t => t.Id == work.Turn.Id, cancel)).Stage = TurnStage.HandingOver;
                // Not dated yet: until Freshchat tells the time it counts as the newest event of all (freshchat.md 12.4).
                await SilenceAsync(db, work, OwnershipCause.HandOver, null, cancel);
                return false;
            },
            cancel
        );

    private static async Task SilenceAsync(PortalDb db, TurnWork work, OwnershipCause cause, DateTimeOffset? at, CancellationToken cancel)
    {
        db.Add(
            new OwnershipEvent
            {
                ConversationId = work.Conversation.Id,
                Cause = cause,
                At = at,
                InteractionId = work.Turn.InteractionId,
            }
        );
        (await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel)).Owner = Owner.People;
    }

    private async Task<string> ResolveAgainAsync(TurnWork work, string unknown, CancellationToken cancel)
    {
        var groups = await freshchat.ListGroups(work.Account!, cancel);
        await record.NoteAsync(work, "freshchat.groups", groups, cancel);
        if (!groups.Succeeded || groups.Value.Where(g => g.Name?.Trim() == work.Bot.GroupName).Take(2).ToList() is not [var group])
            return unknown;
        await store.WriteAsync(
            async db =>
            {
                (await db.Bots.FirstAsync(b => b.Id == work.Bot.Id, cancel)).GroupId = group.Id;
                (await db.HandOvers.FirstAsync(h => h.TurnId == work.Turn.Id, cancel)).GroupId = group.Id;
            },
            cancel
        );
        return group.Id;
    }

    private async Task<(FarFailure?, HandOverVerdict?)> AssignAsync(TurnWork work, string groupId, CancellationToken cancel)
    {
        var assigned = await freshchat.AssignGroup(work.Account!, work.Ids, groupId, cancel);
        await record.NoteAsync(work, "freshchat.assign", assigned, cancel);
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
        await store.WriteAsync(db => ConfirmAsync(db, work, verdict, read.Value.UpdatedTime, cancel), cancel);
        return (null, verdict);
    }

    // freshchat.md 12.3: "" releases the bot's agent, a single space is the second try.
    private async Task<HandOverVerdict> ReleaseAsync(TurnWork work, string groupId, CancellationToken cancel)
    {
        foreach (var withSpace in (bool[])[false, true])
        {
            var released = await freshchat.ReleaseAgent(work.Account!, work.Ids, withSpace, cancel);
            await record.NoteAsync(work, "freshchat.release", released, cancel);
            var read = await ReadBackAsync(work, cancel);
            if (read.Succeeded && HandOverVerdicts.Judge(read.Value, groupId, work.Bot.AgentId) is var verdict and not HandOverVerdict.BotAgentClings)
                return verdict;
        }
        return HandOverVerdict.BotAgentClings;
    }

    private async Task<FarResult<FreshchatConversation>> ReadBackAsync(TurnWork work, CancellationToken cancel)
    {
        var read = await freshchat.GetConversation(work.Account!, work.Ids, cancel);
        await record.NoteAsync(work, "freshchat.read_back", read, cancel);
        return read;
    }

    private async Task ConfirmAsync(PortalDb db, TurnWork work, HandOverVerdict verdict, DateTimeOffset? updated, CancellationToken cancel)
    {
        var handOver = await db.HandOvers.FirstAsync(h => h.TurnId == work.Turn.Id, cancel);
        (handOver.ConfirmedAt, handOver.Verdict) = (clock.GetUtcNow(), verdict);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
        conversation.PeopleMayNotSeeIt = verdict is HandOverVerdict.BotAgentClings;
        await DateAsync(db, work, updated, cancel);
    }

    // A hand-over that stayed without a date would be newer than every resolution to come, and the bot would never be back.
    private static async Task DateAsync(PortalDb db, TurnWork work, DateTimeOffset? at, CancellationToken cancel)
    {
        var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var ours = history.Where(e => e.Cause is OwnershipCause.HandOver).MaxBy(e => e.Id);
        if (ours is { At: null })
            ours.At = at ?? work.Turn.CreationDate;
        conversation.Owner = Ownership.Now(history);
    }
}
