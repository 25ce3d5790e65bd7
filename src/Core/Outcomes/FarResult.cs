using System.Diagnostics.CodeAnalysis;

namespace Core.Outcomes;

/// <summary>
/// The outcome of one call to a far side: what it answered, or a <see cref="FarFailure"/>. Both carry what a delivery record
/// shows.
/// </summary>
public sealed record FarResult<T>
{
    internal FarResult(T value, int httpStatus, string? traceId, TimeSpan duration) =>
        (Value, HttpStatus, TraceId, Duration, Succeeded) = (value, httpStatus, traceId, duration, true);

    private FarResult(FarFailure failure) =>
        (Failure, HttpStatus, TraceId, Duration) = (failure, failure.HttpStatus, failure.TraceId, failure.Duration);

    /// <summary>What the far side answered; default when it failed.</summary>
    public T? Value { get; }

    /// <summary>Why there is no value; null when it succeeded.</summary>
    public FarFailure? Failure { get; }

    /// <summary>Whether the far side did what was asked.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Failure))]
    public bool Succeeded { get; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; }

    /// <summary>The far side's trace id, if it sent one.</summary>
    public string? TraceId { get; }

    /// <summary>How long the call took, all pages and repeats of reads included.</summary>
    public TimeSpan Duration { get; }

    /// <summary>The same call with another value made from its answer.</summary>
    internal FarResult<TOther> With<TOther>(TOther value) => new(value, HttpStatus ?? 200, TraceId, Duration);

    /// <summary>A failure is a result.</summary>
    public static implicit operator FarResult<T>(FarFailure failure) => new(failure);
}

/// <summary>The value of a call that has nothing to say beyond having succeeded.</summary>
public readonly record struct Done;

/// <summary>Makes successful results, also where no far side is at hand.</summary>
public static class FarResult
{
    /// <summary>A success.</summary>
    public static FarResult<T> Success<T>(T value, int httpStatus = 200, string? traceId = null, TimeSpan duration = default) =>
        new(value, httpStatus, traceId, duration);
}
