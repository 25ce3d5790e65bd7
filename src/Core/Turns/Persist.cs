using Core.Outcomes;
using Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Repeats a step of a turn until it succeeds, is refused for good, or attempts or time run out. The failure's kind alone decides.
/// Waiting for a rate limit or an open circuit is no attempt, but the deadline runs on (mammut.md 6.6). Attempts are written down:
/// a restart does not begin to count anew.
/// </summary>
internal sealed class Persist(TurnRecord record, IOptions<InboxOptions> options, Func<double> chance, TimeProvider clock)
{
    /// <summary>Runs <paramref name="step"/>, which answers null on success.</summary>
    /// <param name="work">The turn.</param>
    /// <param name="step">The step.</param>
    /// <param name="refused">What a refusal means; null = it is an attempt like any other.</param>
    /// <param name="givenUp">What follows when the attempts are used up.</param>
    /// <param name="deadline">Whether the turn's deadline ends the step.</param>
    /// <param name="cancel">Ends requests; the stage is saved, so the step resumes later.</param>
    public async Task<StepEnd> RunAsync(
        TurnWork work,
        Func<Task<FarFailure?>> step,
        Func<FarFailure, StepEnd?> refused,
        StepEnd givenUp,
        bool deadline,
        CancellationToken cancel
    )
    {
        var turn = work.Turn;
        while (true)
        {
            if (turn.NotBefore is { } notBefore)
                await clock.Delay(notBefore - clock.GetUtcNow(), work.Waits);
            if (deadline && clock.GetUtcNow() >= turn.Deadline)
                return Over(work, StepEnd.HandOver(Reasons.Deadline));
            if (await step() is not { } failure)
                return Over(work, StepEnd.Done);
            if (refused(failure) is { } end)
                return Over(work, end);
            if (failure.CountsAsAttempt && ++turn.Attempts >= options.Value.MaxAttempts)
                return Over(work, givenUp);
            var pause = RetrySchedule.After(turn.Attempts, chance());
            if (failure.RetryAfter is { } told && told > pause)
                pause = told;
            if (deadline && turn.Deadline - clock.GetUtcNow() is var left && pause > left)
                pause = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            turn.NotBefore = clock.GetUtcNow() + pause;
            await record.SaveAsync(work, cancel);
        }
    }

    // The next step counts for itself; this is written with its first write.
    private static StepEnd Over(TurnWork work, StepEnd end)
    {
        (work.Turn.Attempts, work.Turn.NotBefore) = (0, null);
        return end;
    }
}
