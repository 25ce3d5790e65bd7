namespace Core.Outcomes;

/// <summary>
/// The one rule for addresses that may be called: https, or http to a loopback host where that is allowed (freshchat.md 2.1).
/// Pure.
/// </summary>
internal static class FarUrl
{
    /// <summary>
    /// The fault as a word (<c>required</c>, <c>invalid</c>, <c>https_required</c>, <c>credentials</c>, <c>query</c>), or null.
    /// </summary>
    public static string? Check(string text, bool allowHttpLoopback)
    {
        if (text.Length == 0)
            return "required";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.Host.Length == 0)
            return "invalid";
        if (uri.Scheme == Uri.UriSchemeHttp && !(allowHttpLoopback && uri.IsLoopback))
            return "https_required";
        if (uri.UserInfo.Length > 0)
            return "credentials";
        return text.Contains('?', StringComparison.Ordinal) || text.Contains('#', StringComparison.Ordinal) ? "query" : null;
    }

    /// <summary>Appends to the base as it stands; a trailing slash is tolerated.</summary>
    public static Uri Append(string baseUrl, string path) => new($"{baseUrl.TrimEnd('/')}/{path}", UriKind.Absolute);
}
