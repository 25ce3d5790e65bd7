using Core.Conversations;
using Core.Mammut;
using Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Reads the room until the bot has answered: each new text is posted at once, silence for the grace window after the last one ends
/// the turn, an open issue means that the bot does not know (mammut.md 6.5, 8).
/// </summary>
internal sealed class ListenToBot(
    MammutClient mammut,
    TakeThoughts take,
    PostReplies post,
    TurnRecord record,
    IOptions<MammutOptions> options,
    IOptions<InboxOptions> inbox,
    TimeProvider clock
)
{
    public async Task<StepEnd> HandleAsync(TurnWork work, CancellationToken cancel)
    {
        var began = clock.GetUtcNow();
        var end = await ListenAsync(work, began, cancel);
        work.Note("mammut.listen", clock.GetUtcNow() - began, null, end.Reason, clock.GetUtcNow());
        return end;
    }

    private async Task<StepEnd> ListenAsync(TurnWork work, DateTimeOffset began, CancellationToken cancel)
    {
        var turn = work.Turn;
        var saidAt = turn.SaidAt!.Value;
        var heardAt = turn.Replies.Count > 0 ? began : (DateTimeOffset?)null;
        if (PostReplies.RefusedBefore(turn) is { } refused)
            return refused;
        // Texts that an earlier run of this turn had taken but not sent come first.
        if (await post.HandleAsync(work, cancel) is { Kind: not StepKind.Done } unsent)
            return unsent;
        // Just said: nobody answers before the first read of the schedule. After a restart the answer is there already.
        if (heardAt is null && began - saidAt < ListeningSchedule.First)
            await clock.Delay(Pause(began, saidAt, null, turn.Deadline), work.Waits);
        for (var failed = 0; ; )
        {
            var told = TimeSpan.Zero;
            if ((await record.LookAsync(work, cancel)).Over is { } over)
                return over;
            var read = await mammut.Thoughts(work.Conversation.RoomId!.Value, turn.CreationDate - options.Value.SinceMargin, cancel);
            if (read.Succeeded)
            {
                failed = 0;
                var taken = await take.HandleAsync(work, read.Value, cancel);
                if (taken.Texts)
                {
                    if (await post.HandleAsync(work, cancel) is { Kind: not StepKind.Done } stopped)
                        return stopped;
                    heardAt = clock.GetUtcNow();
                }
                if (taken.Issue)
                    return StepEnd.HandOver(Reasons.DoesNotKnow);
            }
            else
            {
                work.Note("mammut.listen", read, clock.GetUtcNow());
                told = read.Failure.RetryAfter ?? TimeSpan.Zero;
                if (read.Failure.CountsAsAttempt && ++failed >= inbox.Value.MaxAttempts && heardAt is null)
                    return StepEnd.HandOver(Reasons.BotError);
            }
            var now = clock.GetUtcNow();
            if (heardAt is { } heard && (now - heard >= options.Value.GraceWindow || now >= Latest(saidAt, turn.Deadline)))
                return StepEnd.Done;
            if (heardAt is null && now >= turn.Deadline)
                return StepEnd.HandOver(Reasons.BotSilent);
            var pause = Pause(now, saidAt, heardAt, turn.Deadline);
            await clock.Delay(told > pause ? told : pause, work.Waits);
        }
    }

    // A bot that keeps talking has said its last word for this turn by then; what comes later belongs to the next.
    private DateTimeOffset Latest(DateTimeOffset saidAt, DateTimeOffset deadline)
    {
        var answered = saidAt + options.Value.AnswerWait;
        return (answered > deadline ? answered : deadline) + options.Value.GraceWindow;
    }

    // The next read of the schedule, but never past the end of the grace window or the deadline: both get a last read.
    private TimeSpan Pause(DateTimeOffset now, DateTimeOffset saidAt, DateTimeOffset? heardAt, DateTimeOffset deadline)
    {
        var next = saidAt + ListeningSchedule.Next(now - saidAt, options.Value);
        var end = heardAt is { } heard ? heard + options.Value.GraceWindow : deadline;
        var pause = (next < end ? next : end) - now;
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }
}
