namespace Core.Turns;

/// <summary>How long to wait before a step is tried again; pure.</summary>
public static class RetrySchedule
{
    private static readonly int[] Seconds = [1, 2, 4, 8, 15];

    /// <summary>The pause after the given number of failed attempts: 1, 2, 4, 8, then 15 s, each ± 20 %.</summary>
    /// <param name="failed">Attempts that have failed, from 1.</param>
    /// <param name="chance">A random number from 0 to 1 that spreads the attempts of many conversations.</param>
    public static TimeSpan After(int failed, double chance)
    {
        var pause = Seconds[Math.Clamp(failed - 1, 0, Seconds.Length - 1)];
        return TimeSpan.FromSeconds(pause * (0.8 + 0.4 * Math.Clamp(chance, 0, 1)));
    }
}
