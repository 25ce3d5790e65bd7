using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Core.Freshchat;

namespace Core.Bots.Connecting;

/// <summary>
/// Sorts a pasted settings page, widget snippet or mail into what a set-up needs. Pure, and guesses nothing: of two different values of one kind
/// neither is taken, and the widget's own token, a UUID, is never taken for the API token.
/// </summary>
public static partial class SortPasted
{
    // Nobody means more than this, and every rule below looks at the text once.
    private const int Longest = 200_000;

    /// <summary>Sorts a text; null and empty hold nothing.</summary>
    public static Pasted Read(string? text)
    {
        var rest = new PastedText(Plain(text ?? ""));
        var leftOut = new List<string>();
        // From the unmistakable to the vague: what one rule has taken the next does not see.
        var keys = Keys(rest, leftOut);
        var tokens = Tokens(rest);
        var (chatUrls, hosts) = Urls(rest);
        return new()
        {
            PublicKey = Only(keys, "pasted_several_keys"),
            ApiToken = Only(tokens, "pasted_several_tokens"),
            ChatUrl = Only(chatUrls, "pasted_several_chat_urls"),
            Host = hosts.FirstOrDefault(),
            AppId = Only(AppIds(rest), "pasted_several_app_ids"),
            SiteIds = [.. SiteId().Matches(rest.Text).Select(Value).Distinct(StringComparer.Ordinal)],
            LeftOut = leftOut,
        };

        string? Only(IReadOnlyList<string> found, string several)
        {
            if (found.Count > 1)
                leftOut.Add(several);
            return found is [var only] ? only : null;
        }
    }

    // As it was written, before mail programs, browsers and word processors had it.
    private static string Plain(string text)
    {
        var plain = new StringBuilder(WebUtility.HtmlDecode(text.Length > Longest ? text[..Longest] : text));
        plain.Replace("\r\n", "\n").Replace('\r', '\n').Replace('\u00a0', ' ').Replace("\u200b", "").Replace("\ufeff", "");
        foreach (var quote in "\u2018\u2019\u201c\u201d\u00ab\u00bb")
            plain.Replace(quote, '"');
        return MailQuote().Replace(plain.ToString(), "");
    }

    private static List<string> Keys(PastedText rest, List<string> leftOut)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var block in rest.Take(Armoured()))
            Judge(block);
        foreach (var lines in rest.TakeRuns(BareKey(), IsBase64, run => FreshchatKey.Read(run) is { Succeeded: true } or { Error.Code: "public_key_is_private" or "public_key_too_short" }))
            Judge(lines);
        return [.. found.Values];

        void Judge(string text)
        {
            var key = FreshchatKey.Read(text);
            if (key.Succeeded)
                found.TryAdd(key.Value.Fingerprint, text.Trim());
            else if ((key.Error.Code is "public_key_is_private" ? "pasted_private_key" : "pasted_key_unreadable") is var code && !leftOut.Contains(code))
                leftOut.Add(code);
        }
    }

    private static List<string> Tokens(PastedText rest)
    {
        var found = rest.TakeRuns(JwtStart(), IsJwtCharacter, IsWholeJwt).Select(token => token.Trim('.')).Where(IsJwt).ToList();
        if (found.Count == 0)
            found.AddRange(LabelledToken().Matches(rest.Text).Select(Value).Where(value => !Guid.TryParse(value, out _)));
        return [.. found.Distinct(StringComparer.Ordinal)];
    }

    private static (List<string> Chat, List<string> Hosts) Urls(PastedText rest)
    {
        var labelled = LabelledChatUrl().Matches(rest.Text).Select(Value).Select(Https).ToList();
        var host = LabelledHost().Matches(rest.Text).Select(Value).ToList();
        var urls = Url().Matches(rest.Text).Select(url => Bare(url.Value)).ToList();
        var chat = labelled.Count > 0 ? labelled : [.. urls.Where(EndsInVersion)];
        host.AddRange(urls.Where(url => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.EndsWith(".freshchat.com", StringComparison.OrdinalIgnoreCase)));
        chat = [.. chat.DistinctBy(url => url.TrimEnd('/').ToUpperInvariant())];
        return (chat, [.. host.Where(url => !chat.Contains(url) && !EndsInVersion(url))]);
    }

    private static List<string> AppIds(PastedText rest)
    {
        var found = LabelledAppId().Matches(rest.Text).Select(Value).ToList();
        // A lone UUID is the App ID, unless it comes with a snippet, whose token is one too.
        if (found.Count == 0 && !Snippet().IsMatch(rest.Text))
            found.AddRange(Uuid().Matches(rest.Text).Select(uuid => uuid.Value));
        return [.. found.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    // What stands between a label and its value: quotes, a colon, and the word of the button that copies the value.
    private const string Then = """["']?\s*[:=]?\s*(?:cop(?:y|ied|iar|iado)\b\s*)?["']?""";

    private static string Value(Match match) => Bare(match.Groups["value"].Value);

    private static string Bare(string value) => value.Trim().TrimEnd('.', ',', ';', ':', '!', ')', '"', '\'');

    private static string Https(string url) => url.Contains("://", StringComparison.Ordinal) ? url : "https://" + url;

    private static bool EndsInVersion(string url) =>
        url.TrimEnd('/').EndsWith("/v2", StringComparison.OrdinalIgnoreCase) && !url.Contains("//developers.", StringComparison.OrdinalIgnoreCase);

    private static bool IsBase64(char character) => char.IsAsciiLetterOrDigit(character) || character is '+' or '/' or '=';

    private static bool IsJwtCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';

    private static bool IsJwt(string text) => text.Split('.') is [_, _, { Length: > 0 }] && TokenClaims.Read(text) is not null;

    // The lengths of the usual signatures tell where a token ends that was broken over lines, and where the next word begins.
    private static bool IsWholeJwt(string text) => IsJwt(text) && text.Split('.')[2].Length is 43 or 64 or 86 or 176 or 342 or 512 or 683;

    [GeneratedRegex(@"^[ \t]*(?:[>|][ \t]?)+", RegexOptions.Multiline)]
    private static partial Regex MailQuote();

    [GeneratedRegex(@"-----BEGIN [A-Z ]*KEY-----[^-]*-----END [A-Z ]*KEY-----")]
    private static partial Regex Armoured();

    [GeneratedRegex(@"\bMII[A-Za-z0-9+/]{20}")]
    private static partial Regex BareKey();

    [GeneratedRegex(@"\beyJ[\w-]{5}")]
    private static partial Regex JwtStart();

    [GeneratedRegex("""(?:\bapi[ _-]?(?:token|key)|\btoken (?:de )?(?:la )?api|\baccess[ _-]?token|\bclave (?:de )?(?:la )?api|\bbearer)""" + Then + """(?:bearer\s+)?(?<value>(?=[\w.~+/=-]{0,400}\d)[\w.~+/=-]{20,4000})""", RegexOptions.IgnoreCase)]
    private static partial Regex LabelledToken();

    [GeneratedRegex("""(?:\bchat[ _-]?url|\burl (?:del? )?chat)""" + Then + """(?<value>(?:https?://)?[a-z0-9][a-z0-9.-]*\.[a-z0-9-]+(?::\d+)?(?:/[^\s"'<>(),;|]*)?)""", RegexOptions.IgnoreCase)]
    private static partial Regex LabelledChatUrl();

    [GeneratedRegex("""\bhost["']?\s*[:=]\s*["']?(?<value>(?:https?://)?[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:/[^\s"'<>(),;|]*)?)""", RegexOptions.IgnoreCase)]
    private static partial Regex LabelledHost();

    [GeneratedRegex("""https?://[^\s"'<>(),;|{}\[\]]+""", RegexOptions.IgnoreCase)]
    private static partial Regex Url();

    [GeneratedRegex("""(?:\bapp[ _-]?id|\bid (?:de )?(?:la )?(?:app|aplicaci[oó]n))""" + Then + """(?<value>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})""", RegexOptions.IgnoreCase)]
    private static partial Regex LabelledAppId();

    [GeneratedRegex(@"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", RegexOptions.IgnoreCase)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"\bfcWidget|\bfcSettings|\bfw-cdn\.com|\bwidgetUuid", RegexOptions.IgnoreCase)]
    private static partial Regex Snippet();

    [GeneratedRegex("""(?:\bsite[ _-]?id|\bcf_site|\bid (?:del? )?sitio)["']?\s*[:=]\s*(?:"(?<value>[^"\n]{1,200})"|'(?<value>[^'\n]{1,200})'|(?<value>[^\s"',;(){}<>]{1,200}))""", RegexOptions.IgnoreCase)]
    private static partial Regex SiteId();
}
