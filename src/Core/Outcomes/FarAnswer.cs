using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Core.Outcomes;

/// <summary>One HTTP answer of a far side, whole and already closed; what it means is for the client to say.</summary>
internal sealed record FarAnswer(bool IsWrite, int Status, byte[] Body, TimeSpan Duration)
{
    public string? TraceId { get; init; }

    public TimeSpan? Wait { get; init; }

    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>The kind of an answer nobody can make sense of: a write may have been done all the same.</summary>
    private FailureKind Unclear => IsWrite ? FailureKind.Ambiguous : FailureKind.Unreadable;

    public FarFailure Fail(FailureKind kind, string code, string? text = null) =>
        new(kind, code, Duration) { HttpStatus = Status, Text = text, TraceId = TraceId, RetryAfter = Wait };

    /// <summary>What the status alone says (freshchat.md 3.1, 11).</summary>
    public FarFailure FailByStatus(string? text) => Status switch
    {
        >= 300 and < 400 => Fail(FailureKind.Redirected, FarCode.Redirected),
        401 => Fail(FailureKind.Unauthorized, FarCode.TokenRefused, text),
        403 => Fail(FailureKind.Forbidden, FarCode.TokenForbidden, text),
        404 => Fail(FailureKind.NotFound, FarCode.NotFound, text),
        408 => Fail(IsWrite ? FailureKind.Ambiguous : FailureKind.Unavailable, FarCode.Timeout, text),
        429 => Fail(FailureKind.RateLimited, FarCode.RateLimited, text),
        >= 500 => Fail(IsWrite ? FailureKind.Ambiguous : FailureKind.Unavailable, FarCode.ServerError, text),
        _ => Fail(FailureKind.Refused, FarCode.Refused, text),
    };

    public FarFailure FailAsUnclear(string code = FarCode.NotJson, string? text = null) => Fail(Unclear, code, text);

    /// <summary>The body in the expected shape; null when it is not JSON or of another shape.</summary>
    public T? Read<T>(JsonTypeInfo<T> shape) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(Body, shape);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
