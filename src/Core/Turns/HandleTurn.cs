using Core.Bots;
using Core.Conversations;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// The story of one turn: who owns the conversation, from which site, ask the bot, post what it says, hand over where it does not
/// know. Every stage is saved before its far call, so that the story resumes where it stopped.
/// </summary>
internal sealed class HandleTurn(
    TurnRecord record,
    FirstSight firstSight,
    FindSite findSite,
    AskBot ask,
    ListenToBot listen,
    PostReplies post,
    HandOverToPeople handOver,
    Persist persist,
    PortalStore store,
    TimeProvider clock
)
{
    /// <summary>Runs the turn to its end. False = held: Freshchat refuses the token, and nothing is sent until there is a new one.</summary>
    public async Task<bool> RunAsync(long turnId, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        var end = work.Turn.HandOver is { } begun ? StepEnd.HandOver(begun.Reason) : await AnswerAsync(work, cancel);
        if (end.Kind is StepKind.HandOver)
            end = await handOver.HandleAsync(turnId, end.Reason!, cancel);
        // The token of an archived bot is forgotten, not refused: no new one will come.
        if (end.Kind is StepKind.Held && (await record.ReadAsync(turnId, cancel)).Bot.Status is BotStatus.Archived)
            end = StepEnd.BotPaused;
        if (end.Kind is StepKind.Held)
            return !await HoldAsync(work, cancel);
        await record.EndAsync(work, end.Reason, cancel, dead: end.Reason is Reasons.HandOverFailed);
        return true;
    }

    private async Task<StepEnd> AnswerAsync(TurnWork work, CancellationToken cancel)
    {
        var turnId = work.Turn.Id;
        // What a bot was asked before it was paused is not answered later (freshchat.md 10, row 0).
        if (!work.Bot.Answers)
            return StepEnd.BotPaused;
        if (work.Account is null)
            return StepEnd.Held;
        // mammut.md 6.6: what was held for longer than anybody waits for an answer goes to people.
        if (work.Turn.Stage is TurnStage.Held && clock.GetUtcNow() >= work.Turn.Deadline)
            return StepEnd.HandOver(Reasons.Deadline);
        if (work.Turn.ThoughtId is null)
        {
            if (await SeeFirstAsync(work, cancel) is { Kind: not StepKind.Done } unseen)
                return unseen;
            if (await record.StoppedAsync(work, cancel) is { } unasked)
                return unasked;
            await findSite.HandleAsync(work, cancel);
            if (work.Turn.Text is null)
                return work.Bot.Policies.NoText is NoText.HandOver ? StepEnd.HandOver(Reasons.UnsupportedContent) : StepEnd.Stop(Reasons.UnsupportedContent);
            var said = await persist.RunAsync(work, () => SayAsync(turnId, cancel), _ => null, Reasons.BotError, deadline: true, cancel);
            if (said.Kind is not StepKind.Done)
                return said;
            if (await record.StoppedAsync(work, cancel) is { } over)
                return over;
        }
        var heard = await listen.HandleAsync(turnId, cancel);
        // Texts that came together with an issue have been posted by now; what is left over was stopped.
        return heard.Kind is StepKind.HandOver && heard.Reason is Reasons.DoesNotKnow && await post.HandleAsync(turnId, cancel) is { Kind: not StepKind.Done } unsent
            ? unsent
            : heard;
    }

    // The take-over or the pause may have come while an attempt waited for its repeat: then nothing is said.
    private async Task<FarFailure?> SayAsync(long turnId, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        return work.Conversation.Owner is Owner.People || !work.Bot.Answers ? null : await ask.SayAsync(turnId, cancel);
    }

    private async Task<StepEnd> SeeFirstAsync(TurnWork work, CancellationToken cancel) =>
        firstSight.Needed(work)
            ? await persist.RunAsync(
                work,
                () => firstSight.LookAsync(work, cancel),
                failure => failure.Kind is FailureKind.Unauthorized ? StepEnd.Held : null,
                Reasons.Deadline,
                deadline: true,
                cancel
            )
            : StepEnd.Done;

    // False when the token was replaced while the old one was being refused: then the turn goes on with the new one.
    private async Task<bool> HoldAsync(TurnWork work, CancellationToken cancel)
    {
        await record.ChangeAsync(work, (turn, _) => turn.Stage = TurnStage.Held, cancel);
        return await store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == work.Bot.Id, cancel);
                if (bot.ProtectedToken != work.Bot.ProtectedToken)
                    return false;
                bot.TokenRefusedAt ??= clock.GetUtcNow();
                return true;
            },
            cancel
        );
    }
}
