using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Core.Freshchat;

/// <summary>
/// What an API token says about itself, read without asking anybody and without believing it: Freshchat alone decides whether a token is good
/// (freshchat.md 2.2). Pure; nothing of the token itself is kept.
/// </summary>
/// <param name="ExpiresAt">Claim <c>exp</c>; null when it is absent or unreadable.</param>
/// <param name="Scopes">Claim <c>scope</c>, split at blanks; null when there is none, as in older tokens.</param>
public sealed record TokenClaims(DateTimeOffset? ExpiresAt, IReadOnlyList<string>? Scopes)
{
    /// <summary>How long before its end a token is spoken of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    // What the portal asks for (freshchat.md 5.1). Lists of groups and topics are left out: no token seen named a scope for them.
    private static readonly string[] Needed = ["agent:read", "user:read", "conversation:read", "conversation:update", "message:create"];

    /// <summary>Reads the claims; null when the text is no JWT, which an API token has been so far.</summary>
    public static TokenClaims? Read(string? token)
    {
        if (string.IsNullOrWhiteSpace(token) || FreshchatAccount.CleanToken(token).Split('.') is not [_, var payload, _])
            return null;
        try
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(payload));
            return claims.RootElement.ValueKind is JsonValueKind.Object ? new(Expiry(claims.RootElement), ScopesOf(claims.RootElement)) : null;
        }
        catch (Exception fault) when (fault is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>What is worth saying before anybody is asked; several things may be.</summary>
    public IReadOnlyList<TokenWarning> Warnings(DateTimeOffset now)
    {
        var warnings = new List<TokenWarning>();
        if (ExpiresAt <= now)
            warnings.Add(new("token_expired", ExpiresAt));
        else if (ExpiresAt - now <= Soon)
            warnings.Add(new("token_expires_soon", ExpiresAt));
        if (MissingScopes is { Count: > 0 } missing)
            warnings.Add(new("token_scope_missing", null) { Scopes = missing });
        return warnings;
    }

    /// <summary>Scopes that the portal needs and the token does not name; empty when it names none at all.</summary>
    public IReadOnlyList<string> MissingScopes => Scopes is null ? [] : [.. Needed.Where(scope => !Scopes.Contains(scope, StringComparer.OrdinalIgnoreCase))];

    private static DateTimeOffset? Expiry(JsonElement claims) =>
        claims.TryGetProperty("exp", out var exp) && exp.ValueKind is JsonValueKind.Number && exp.TryGetDouble(out var seconds)
        && seconds >= 0 && seconds < DateTimeOffset.MaxValue.ToUnixTimeSeconds()
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;

    private static string[]? ScopesOf(JsonElement claims) =>
        claims.TryGetProperty("scope", out var scope) && scope.ValueKind is JsonValueKind.String
            ? scope.GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } scopes ? scopes : null
            : null;
}

/// <summary>Something about a token that will be in the way, or soon.</summary>
/// <param name="Code">Stable code: <c>token_expired</c>, <c>token_expires_soon</c>, <c>token_scope_missing</c>.</param>
/// <param name="At">When it expires, where that is the matter.</param>
public sealed record TokenWarning(string Code, DateTimeOffset? At)
{
    /// <summary>The scopes that are missing.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
