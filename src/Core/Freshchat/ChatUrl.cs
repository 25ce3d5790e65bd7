using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>A Chat URL that may be called: kept verbatim, paths are appended to it as they stand (freshchat.md 2.1).</summary>
public sealed record ChatUrl
{
    private ChatUrl(string value) => Value = value;

    private const string Field = "chatUrl";

    /// <summary>The text as given, without blanks around it.</summary>
    public string Value { get; }

    /// <summary>
    /// Chat URLs of the regional hosts, to be named when a host seems wrong; never called without the admin's choice
    /// (freshchat.md 2.1).
    /// </summary>
    public static IReadOnlyList<string> Regional { get; } =
    [
        "https://api.freshchat.com/v2",
        "https://api.in.freshchat.com/v2",
        "https://api.eu.freshchat.com/v2",
        "https://api.au.freshchat.com/v2",
    ];

    /// <summary>
    /// Checks a Chat URL. Errors on field <c>chatUrl</c>: <c>chat_url_required</c>, <c>chat_url_invalid</c>, <c>chat_url_https_required</c>,
    /// <c>chat_url_query</c>, <c>chat_url_credentials</c>, <c>chat_url_scheme_missing</c>.
    /// </summary>
    public static Result<ChatUrl> Parse(string? text, bool allowHttpLoopback)
    {
        var trimmed = text?.Trim() ?? "";
        return FarUrl.Check(trimmed, allowHttpLoopback) switch
        {
            null => new ChatUrl(trimmed),
            "required" => new Error("chat_url_required", Field),
            "https_required" => new Error("chat_url_https_required", Field),
            "credentials" => new Error("chat_url_credentials", Field),
            "query" => new Error("chat_url_query", Field),
            _ when LacksScheme(trimmed) => new Error("chat_url_scheme_missing", Field),
            _ => new Error("chat_url_invalid", Field),
        };
    }

    // A single word is no host of Freshchat's.
    private static bool LacksScheme(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
        && FarUrl.Check("https://" + text, allowHttpLoopback: false) is null
        && new Uri("https://" + text).Host.Contains('.', StringComparison.Ordinal);

    /// <summary>The text as given.</summary>
    public override string ToString() => Value;

    internal Uri Append(string path) => FarUrl.Append(Value, path);
}
