using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Mammut.Graph;

/// <summary>The query string of a graph request: JSON literals, not form fields (mammut.md 2.2).</summary>
internal static partial class GraphQuery
{
    /// <summary>
    /// Reads <c>name="value"</c> pairs separated by <c>&amp;</c> or <c>;</c>, links also as <c>edge@vertex:{…}</c>. A value that is not
    /// JSON is taken as text. Separators inside quotes or brackets belong to the value.
    /// </summary>
    /// <param name="raw">The query as sent, with or without the question mark, still percent-encoded.</param>
    public static IReadOnlyList<KeyValuePair<string, JsonNode?>> Properties(string raw)
    {
        var properties = new List<KeyValuePair<string, JsonNode?>>();
        foreach (var part in Split(raw.TrimStart('?')))
            if (Pair().Match(Uri.UnescapeDataString(part)) is { Success: true } pair)
                properties.Add(new(pair.Groups["name"].Value, Value(pair.Groups["value"].Value)));
        return properties;
    }

    /// <summary>Reads <c>property.last(N)</c> or <c>property.since("DATE")</c>; null when it is anything else.</summary>
    /// <param name="raw">The query as sent, still percent-encoded.</param>
    public static (string Function, string Argument)? Filter(string raw)
    {
        var match = Call().Match(Uri.UnescapeDataString(raw.TrimStart('?')));
        return match.Success ? (match.Groups["function"].Value, match.Groups["argument"].Value) : null;
    }

    private static JsonNode? Value(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    // On the raw text, where an encoded separator is none; quotes count in either spelling, because clients encode them on their own.
    private static IEnumerable<string> Split(string raw)
    {
        var (start, depth, quoted) = (0, 0, false);
        foreach (Match token in Structure().Matches(raw))
        {
            if (token.Groups["quote"].Success)
                quoted = !quoted;
            else if (quoted)
                continue;
            else if (token.Groups["open"].Success)
                depth++;
            else if (token.Groups["close"].Success)
                depth--;
            else if (token.Groups["separator"].Success && depth == 0)
            {
                yield return raw[start..token.Index];
                start = token.Index + 1;
            }
        }
        yield return raw[start..];
    }

    [GeneratedRegex(@"^(?<name>[\w@-]+)[=:](?<value>.*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(
        @"^creation-date\.(?<function>last|since)\(\s*""?(?<argument>[^""]*)""?\s*\)$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant
    )]
    private static partial Regex Call();

    // An escaped character first, so that an escaped quote does not end a text.
    [GeneratedRegex(
        """(\\|%5C)(%[0-9A-F]{2}|.)|(?<quote>"|%22)|(?<open>[{\[]|%7B|%5B)|(?<close>[}\]]|%7D|%5D)|(?<separator>[&;])""",
        RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Structure();
}
