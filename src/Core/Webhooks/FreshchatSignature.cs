using Core.Bots;

namespace Core.Webhooks;

/// <summary>
/// Verifies a webhook: RSASSA-PKCS1-v1_5 with SHA-256 over the raw body bytes (freshchat.md 8). Fails closed: whatever is not a match
/// is a named refusal.
/// </summary>
public static class FreshchatSignature
{
    /// <summary>Header that carries the signature, standard Base64.</summary>
    public const string Header = "X-Freshchat-Signature";

    // Bytes of a signature with the largest key that can be made, 16384 bits.
    private const int LongestSignature = 2048;

    /// <summary>Checks <paramref name="signature"/> against each key in turn.</summary>
    public static SignatureVerdict Verify(ReadOnlySpan<byte> body, string? signature, IReadOnlyList<BotKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Count == 0)
            return new(SignatureResult.NoKey);
        if (string.IsNullOrWhiteSpace(signature))
            return new(SignatureResult.Missing);

        Span<byte> bytes = stackalloc byte[LongestSignature];
        if (!Convert.TryFromBase64Chars(signature.AsSpan().Trim(), bytes, out var length))
            return new(SignatureResult.Malformed);

        foreach (var key in keys)
        {
            if (VerifyingKeys.Verifies(key, body, bytes[..length]))
                return new(SignatureResult.Valid, key.Fingerprint);
        }
        return new(SignatureResult.Mismatch);
    }
}

/// <summary>Outcome of a verification.</summary>
/// <param name="Result">What it is.</param>
/// <param name="Fingerprint">The key that matched.</param>
public readonly record struct SignatureVerdict(SignatureResult Result, string? Fingerprint = null);

/// <summary>Named outcomes of a verification.</summary>
public enum SignatureResult
{
    /// <summary>One of the keys signed exactly these bytes.</summary>
    Valid,

    /// <summary>The bot has no public key.</summary>
    NoKey,

    /// <summary>No signature header.</summary>
    Missing,

    /// <summary>Not Base64, or too long to be a signature.</summary>
    Malformed,

    /// <summary>Another key, or other bytes.</summary>
    Mismatch,
}
