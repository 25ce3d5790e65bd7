namespace Core.Turns;

/// <summary>A look for the reply in Freshchat, which may be busy or a little behind itself: what it came to, and when to look again. Pure.</summary>
/// <param name="Station">What is shown of it.</param>
internal sealed record ProofLook(ProofStation Station)
{
    // What was posted this long ago and cannot be read is a fault.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(4);

    /// <summary>When to look again (our clock); null = it is there, or nothing will change by itself.</summary>
    public DateTimeOffset? NextAt { get; private init; }

    private DateTimeOffset BeganAt { get; init; }

    private TimeSpan Wait { get; init; }

    /// <summary>It is there.</summary>
    public static ProofLook Found(TimeSpan took) => new(new ProofStation(ProofStop.Freshchat, StationState.Passed, (int)took.TotalMilliseconds));

    /// <summary>Looking again would change nothing.</summary>
    public static ProofLook Failed(string code) => new(new ProofStation(ProofStop.Freshchat, StationState.Failed) { Code = code });

    /// <summary>It is not there, or Freshchat does not say: a moment later it may be, each moment longer than the last, until patience ends.</summary>
    /// <param name="before">The look before.</param>
    /// <param name="code">What was wrong.</param>
    /// <param name="asked">How long Freshchat asks to be left alone.</param>
    /// <param name="now">Now (our clock).</param>
    public static ProofLook NotYet(ProofLook? before, string code, TimeSpan? asked, DateTimeOffset now)
    {
        var began = before?.BeganAt ?? now;
        if (now - began >= Patience)
            return Failed(code);
        var wait = before is null ? TimeSpan.FromSeconds(1) : before.Wait * 2;
        wait = wait < Longest ? wait : Longest;
        return new(new ProofStation(ProofStop.Freshchat, StationState.Running) { Code = code })
        {
            BeganAt = began,
            Wait = wait,
            NextAt = now + (asked > wait ? asked.Value : wait),
        };
    }
}
