namespace Core.Outcomes;

/// <summary>
/// A call to a far side (Freshchat or Mammut) that did not succeed, in a form that may be stored and shown: it holds no secret.
/// </summary>
/// <param name="Kind">What it means for repeating.</param>
/// <param name="Code">Stable name in snake_case, see <see cref="FarCode"/>.</param>
/// <param name="Duration">How long it took, pages and repeats of reads included.</param>
public sealed record FarFailure(FailureKind Kind, string Code, TimeSpan Duration = default)
{
    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The far side's own words: token values removed, at most 2 KiB (freshchat.md 3.1).</summary>
    public string? Text { get; init; }

    /// <summary>How long to wait at least before asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The far side's trace id (freshchat.md 2.1).</summary>
    public string? TraceId { get; init; }

    /// <summary>Nothing was done and a later try may succeed.</summary>
    public bool MayRepeat => Kind is FailureKind.RateLimited or FailureKind.Unavailable or FailureKind.Unreadable;

    /// <summary>Whether it was done is unknown: look before repeating.</summary>
    public bool IsAmbiguous => Kind is FailureKind.Ambiguous;

    /// <summary>The far side answered and said no.</summary>
    public bool IsRefusal =>
        Kind is FailureKind.Refused or FailureKind.Unauthorized or FailureKind.Forbidden or FailureKind.NotFound;

    /// <summary>Waiting for a limit, an open circuit or a free slot is not an attempt (mammut.md 6.6).</summary>
    public bool CountsAsAttempt => Kind is not FailureKind.RateLimited && Code is not (FarCode.CircuitOpen or FarCode.Busy);
}
