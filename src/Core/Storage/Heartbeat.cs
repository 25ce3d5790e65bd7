namespace Core.Storage;

/// <summary>When the portal was last known to run; one row.</summary>
public sealed class Heartbeat
{
    /// <summary>Always 1.</summary>
    public int Id { get; init; }

    /// <summary>Last sign of life (our clock).</summary>
    public DateTimeOffset At { get; set; }

    /// <summary>End of the last absence that was long enough to lose webhooks.</summary>
    public DateTimeOffset? AwayUntil { get; set; }
}
