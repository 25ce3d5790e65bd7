using Core.Mammut;

namespace Core.Turns;

/// <summary>When to read a room for the bot's answer; pure (mammut.md 6.5).</summary>
public static class ListeningSchedule
{
    private static readonly int[] FirstMilliseconds = [100, 200, 400];
    /// <summary>Before this time after the say nobody reads.</summary>
    public static TimeSpan First => TimeSpan.FromMilliseconds(FirstMilliseconds[0]);

    private static readonly int[] LateSeconds = [2, 5, 10, 20];

    /// <summary>
    /// The time after the say of the next read: 100, 200 and 400 ms, then every poll interval until the answer wait is over, then
    /// 2, 5, 10 and 20 s after it and every 20 s.
    /// </summary>
    /// <param name="elapsed">Time since the say.</param>
    /// <param name="options">Answer wait and poll interval.</param>
    public static TimeSpan Next(TimeSpan elapsed, MammutOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var first in FirstMilliseconds.Select(ms => TimeSpan.FromMilliseconds(ms)).Where(first => first > elapsed && first < options.AnswerWait))
            return first;
        if (elapsed + options.PollInterval <= options.AnswerWait)
            return elapsed + options.PollInterval;
        foreach (var late in LateSeconds.Select(s => options.AnswerWait + TimeSpan.FromSeconds(s)).Where(late => late > elapsed))
            return late;
        return elapsed + TimeSpan.FromSeconds(LateSeconds[^1]);
    }
}
