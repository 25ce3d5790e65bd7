using Core.Conversations;
using Core.Outcomes;
using Core.Webhooks;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Repeats a step of a turn until it succeeds, is refused for good, or attempts or time run out. The failure's kind alone decides.
/// Waiting for a rate limit or an open circuit is no attempt, but the deadline runs on (mammut.md 6.6).
/// </summary>
internal sealed class Persist(TurnRecord record, IOptions<InboxOptions> options, Func<double> chance, TimeProvider clock)
{
    /// <summary>Runs <paramref name="step"/>, which answers null on success.</summary>
    /// <param name="work">The turn.</param>
    /// <param name="step">The step.</param>
    /// <param name="refused">What a refusal means; null = it is an attempt like any other.</param>
    /// <param name="givenUp">Reason when the attempts are used up.</param>
    /// <param name="deadline">Whether the turn's deadline ends the step.</param>
    /// <param name="cancel">Ends the waiting; the stage is saved, so the step resumes later.</param>
    public async Task<StepEnd> RunAsync(
        TurnWork work,
        Func<Task<FarFailure?>> step,
        Func<FarFailure, StepEnd?> refused,
        string givenUp,
        bool deadline,
        CancellationToken cancel
    )
    {
        for (var failed = 0; ; )
        {
            if (deadline && clock.GetUtcNow() >= work.Turn.Deadline)
                return StepEnd.HandOver(Reasons.Deadline);
            if (await step() is not { } failure)
                return StepEnd.Done;
            if (refused(failure) is { } end)
                return end;
            if (failure.CountsAsAttempt && ++failed >= options.Value.MaxAttempts)
                return StepEnd.HandOver(givenUp);
            var pause = RetrySchedule.After(failed, chance());
            if (failure.RetryAfter is { } told && told > pause)
                pause = told;
            if (deadline && work.Turn.Deadline - clock.GetUtcNow() is var left && pause > left)
                pause = left > TimeSpan.Zero ? left : TimeSpan.Zero;
            await record.ChangeAsync(work, (turn, _) => (turn.Attempts, turn.NotBefore) = (failed, clock.GetUtcNow() + pause), cancel);
            await Task.Delay(pause, clock, cancel);
        }
    }
}
