namespace Core.Requests;

/// <summary>A write of the management API that named an <c>Idempotency-Key</c>, and what it was answered (portal.md 3).</summary>
public sealed class IdempotentRequest
{
    /// <summary>The caller's key.</summary>
    public string Key { get; init; } = "";

    /// <summary>SHA-256 of method, address, <c>If-Match</c> and body, lower-case hex: the same key may not stand for something else.</summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>HTTP status of the answer; null = not answered yet.</summary>
    public int? Status { get; set; }

    /// <summary>Content type of the answer.</summary>
    public string? ContentType { get; set; }

    /// <summary>The rest of the answer, headers and body, as the API packs it; holds no secret, as no answer does.</summary>
    public byte[] Answer { get; set; } = [];

    /// <summary>When it came (our clock).</summary>
    public DateTimeOffset At { get; init; }
}
