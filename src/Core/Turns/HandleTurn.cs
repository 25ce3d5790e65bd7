using Core.Bots;
using Core.Bots.Connecting;
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
    HandOverToPeople handOver,
    RelayDelivery relay,
    Persist persist,
    PortalStore store,
    ChangeFeed feed,
    TimeProvider clock
)
{
    /// <summary>
    /// Runs the turn to its end. True = something else waits in the conversation. False = nothing does, or the turn is held: Freshchat
    /// refuses the token, and nothing is sent until there is a new one.
    /// </summary>
    public async Task<bool> RunAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Turn.Relayed)
            return await record.EndAsync(work, await relay.HandleAsync(work, cancel), cancel);
        var end = work.Turn is { Reason: { } decided, Stage: not TurnStage.Held } ? StepEnd.HandOver(decided) : await AnswerAsync(work, cancel);
        if (end.Kind is StepKind.HandOver)
            end = await handOver.HandleAsync(work, end.Reason!, cancel);
        // The token of an archived bot is forgotten, not refused: no new one will come.
        if (end.Kind is StepKind.Held && await IsArchivedAsync(work, cancel))
            end = StepEnd.BotPaused;
        return end.Kind is StepKind.Held ? await HoldAsync(work, cancel) : await record.EndAsync(work, end, cancel);
    }

    private async Task<StepEnd> AnswerAsync(TurnWork work, CancellationToken cancel)
    {
        var turn = work.Turn;
        // What a bot was asked before it was paused is not answered later (freshchat.md 10, row 0).
        if (!await Rehearsals.MaySpeakAsync(store, work.Bot, work.Conversation.Id, cancel))
            return StepEnd.BotPaused;
        if (work.Account is null)
            return StepEnd.Held;
        // mammut.md 6.6: what was held for longer than anybody waits for an answer goes to people.
        if (turn.Stage is TurnStage.Held && (turn.Reason ?? (clock.GetUtcNow() >= turn.Deadline ? Reasons.Deadline : null)) is { } tooLate)
            return StepEnd.HandOver(tooLate);
        if (turn.ThoughtId is null)
        {
            if (await SeeFirstAsync(work, cancel) is { Kind: not StepKind.Done } unseen)
                return unseen;
            if ((await record.LookAsync(work, cancel)).Over is { } unasked)
                return unasked;
            // What may have been said already was said in the context of that time.
            if (turn.SayIntentAt is null && await findSite.HandleAsync(work, cancel) is { Kind: StepKind.Held } refused)
                return refused;
            if (turn.Text is null)
                return work.Bot.Policies.NoText is NoText.HandOver ? StepEnd.HandOver(Reasons.UnsupportedContent) : StepEnd.Stop(Reasons.UnsupportedContent);
            StepEnd? over = null;
            var said = await persist.RunAsync(
                work,
                async () => await OverAsync(work, e => over = e, cancel) ? null : await ask.SayAsync(work, cancel),
                _ => null,
                StepEnd.HandOver(Reasons.BotError),
                deadline: true,
                cancel
            );
            if (over is { } || said.Kind is not StepKind.Done)
                return over ?? said;
        }
        return await listen.HandleAsync(work, cancel);
    }

    // The take-over or the pause may have come while an attempt waited for its repeat: then nothing is said.
    private async Task<bool> OverAsync(TurnWork work, Action<StepEnd> tell, CancellationToken cancel)
    {
        if (work.Turn.Attempts == 0 || (await record.LookAsync(work, cancel)).Over is not { } over)
            return false;
        tell(over);
        return true;
    }

    private async Task<StepEnd> SeeFirstAsync(TurnWork work, CancellationToken cancel) =>
        firstSight.Needed(work)
            ? await persist.RunAsync(
                work,
                () => firstSight.LookAsync(work, cancel),
                failure => failure.Kind is FailureKind.Unauthorized ? StepEnd.Held : null,
                StepEnd.HandOver(Reasons.Deadline),
                deadline: true,
                cancel
            )
            : StepEnd.Done;

    private async Task<bool> IsArchivedAsync(TurnWork work, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await db.Bots.AnyAsync(b => b.Id == work.Bot.Id && b.Status == BotStatus.Archived, cancel);
    }

    // True when the token was replaced while the old one was being refused: then the turn goes on with the new one.
    private async Task<bool> HoldAsync(TurnWork work, CancellationToken cancel)
    {
        work.Turn.Stage = TurnStage.Held;
        await record.SaveAsync(work, cancel);
        var now = clock.GetUtcNow();
        var (replaced, first) = await store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == work.Bot.Id, cancel);
                var (replaced, first) = (bot.ProtectedToken != work.Bot.ProtectedToken, bot.TokenRefusedAt is null);
                if (!replaced)
                    bot.TokenRefusedAt ??= now;
                return (replaced, first);
            },
            cancel
        );
        // Once, not by every turn that is held: whoever hears it forgets what is known of the bot.
        if (first || replaced)
            feed.Announce(work.Bot.Id);
        return replaced;
    }
}
