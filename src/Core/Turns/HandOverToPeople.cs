using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Gives a conversation to the bot's group and confirms it by reading back (freshchat.md 12). The customer is told first; then the
/// intent silences the bot, before Freshchat is asked; the assignment may be repeated without looking.
/// </summary>
internal sealed class HandOverToPeople(
    FreshchatClient freshchat,
    AskBot ask,
    TellCustomer tell,
    AssignToGroup assign,
    ApplyDeliveries apply,
    TurnRecord record,
    Persist persist,
    TimeProvider clock
)
{
    private static readonly TimeSpan BeforeSecondTry = TimeSpan.FromSeconds(5);

    /// <summary>Hands over with <paramref name="reason"/>, or resumes the hand-over that the turn has begun.</summary>
    public async Task<StepEnd> HandleAsync(TurnWork work, string reason, CancellationToken cancel)
    {
        if (work.Turn.HandOver is null)
        {
            // Decided, and not taken back by a restart.
            (work.Turn.Reason, work.Turn.Stage) = (reason, TurnStage.HandingOver);
            if (await tell.HandleAsync(work, reason, cancel) is { } untold)
                return untold;
            if (work.Bot.GroupId is null)
                return await WithoutGroupAsync(work, reason, cancel);
            if (await IntendAsync(work, reason, cancel))
                return StepEnd.PeopleOwn;
        }
        return work.Account is null ? StepEnd.Held : await AssignAsync(work, cancel);
    }

    private async Task<StepEnd> AssignAsync(TurnWork work, CancellationToken cancel)
    {
        var handOver = work.Turn.HandOver!;
        var (overridden, resolved) = (false, false);
        var end = await persist.RunAsync(
            work,
            async () =>
            {
                var (failure, verdict) = await assign.HandleAsync(work, cancel);
                if (failure is { Kind: FailureKind.NotFound } && !resolved)
                {
                    // The group may have been made anew: its name decides (freshchat.md 12.1).
                    resolved = true;
                    await ResolveAgainAsync(work, cancel);
                    (failure, verdict) = await assign.HandleAsync(work, cancel);
                }
                if (verdict is HandOverVerdict.Overridden && !overridden)
                {
                    // A rule won: once more after a while, then the admin is shown what stands (freshchat.md 12.3).
                    overridden = true;
                    await clock.Delay(BeforeSecondTry, work.Waits);
                    (failure, _) = await assign.HandleAsync(work, cancel);
                }
                return failure;
            },
            failure => failure.Kind is FailureKind.Unauthorized ? StepEnd.Held : failure.IsRefusal ? StepEnd.Dead(Reasons.HandOverFailed) : null,
            StepEnd.Dead(Reasons.HandOverFailed),
            deadline: false,
            cancel
        );
        return end.Kind is StepKind.Done ? StepEnd.Stop(handOver.Reason) : end;
    }

    // Nothing can be assigned. The bot goes on, unless it is set to stay silent where it does not know (freshchat.md 12.1, mammut.md 8).
    private async Task<StepEnd> WithoutGroupAsync(TurnWork work, string reason, CancellationToken cancel)
    {
        if (reason is not Reasons.DoesNotKnow)
            return StepEnd.Stop(reason);
        if (work.Bot.Policies.WithoutGroup is Bots.WithoutGroup.StaySilent)
            await record.WriteAsync(work, db => SilenceAsync(db, work, OwnershipCause.Silenced, work.Turn.CreationDate, cancel), cancel);
        else
            // Unblocking is tried now and, should it fail, once more before the next text is said.
            await ask.UnblockAsync(work, cancel);
        return StepEnd.Stop(reason);
    }

    // True when people own the conversation already: then there is nothing to hand over.
    private async Task<bool> IntendAsync(TurnWork work, string reason, CancellationToken cancel)
    {
        var intended = await record.SaveAsync(
            work,
            async db =>
            {
                var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
                await apply.ApplyToAsync(db, conversation, cancel);
                if (conversation.Owner is Owner.People)
                    return null;
                var question = await db.OpenQuestions.Where(q => q.ConversationId == work.Conversation.Id && q.TurnId == work.Turn.Id).Select(q => (long?)q.IssueId).FirstOrDefaultAsync(cancel);
                var handOver = new HandOver
                {
                    TurnId = work.Turn.Id,
                    ConversationId = work.Conversation.Id,
                    BotId = work.Bot.Id,
                    GroupId = work.Bot.GroupId,
                    GroupName = work.Bot.GroupName,
                    Reason = reason,
                    IssueId = question,
                    IntentAt = clock.GetUtcNow(),
                };
                db.Add(handOver);
                // Not dated yet: until Freshchat tells the time it counts as the newest event of all (freshchat.md 12.4).
                await SilenceAsync(db, work, OwnershipCause.HandOver, null, cancel);
                await db.SaveChangesAsync(cancel);
                return handOver;
            },
            cancel
        );
        work.Turn.HandOver = intended;
        return intended is null;
    }

    private static async Task<bool> SilenceAsync(PortalDb db, TurnWork work, OwnershipCause cause, DateTimeOffset? at, CancellationToken cancel)
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
        return true;
    }

    private async Task ResolveAgainAsync(TurnWork work, CancellationToken cancel)
    {
        var groups = await freshchat.ListGroups(work.Account!, cancel);
        work.Note("freshchat.groups", groups, clock.GetUtcNow());
        if (!groups.Succeeded || groups.Value.Where(g => g.Name?.Trim() == work.Bot.GroupName).Take(2).ToList() is not [var group])
            return;
        work.Turn.HandOver!.GroupId = group.Id;
        await record.WriteAsync(
            work,
            async db =>
            {
                await db.HandOvers.Where(h => h.TurnId == work.Turn.Id).ExecuteUpdateAsync(row => row.SetProperty(h => h.GroupId, group.Id), cancel);
                return await db.Bots.Where(b => b.Id == work.Bot.Id).ExecuteUpdateAsync(row => row.SetProperty(b => b.GroupId, group.Id), cancel);
            },
            cancel
        );
    }
}
