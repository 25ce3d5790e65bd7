namespace Core.Turns;

/// <summary>Pauses on the portal's clock.</summary>
internal static class Waiting
{
    /// <summary>Completes after <paramref name="pause"/>.</summary>
    public static Task Delay(this TimeProvider clock, TimeSpan pause, CancellationToken cancel) =>
        pause <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(pause, clock, cancel);
}
