using System.Text;
using System.Text.Json;

namespace Core.Outcomes;

/// <summary>
/// What an error body says, whatever its shape: the documented ones, foreign ones, plain text, a web page, nothing (freshchat.md
/// 3.1). Pure.
/// </summary>
/// <param name="Word">The machine's word, for example <c>AGENT_NOT_FOUND</c>.</param>
/// <param name="Message">The sentence; null for a web page.</param>
internal sealed record FarErrorBody(string? Word, string? Message)
{
    /// <summary>As much of an error text as is kept, in bytes of UTF-8.</summary>
    public const int KeptBytes = 2048;

    private const int ReadBytes = 16 * 1024;

    public static FarErrorBody Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
                return FromObject(document.RootElement);
        }
        catch (JsonException)
        {
            // Not JSON: taken as text below.
        }
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, ReadBytes)]).Trim();
        return new(null, text.Length == 0 || text[0] == '<' ? null : text);
    }

    public bool Mentions(string words) =>
        Word?.Contains(words, StringComparison.OrdinalIgnoreCase) is true || Message?.Contains(words, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Word and sentence for people: secrets removed first, then cut, so that no half of a secret stays.</summary>
    public string? ToText(params ReadOnlySpan<string?> secrets)
    {
        var text = (Word, Message) switch
        {
            ({ } word, { } message) => $"{word}: {message}",
            _ => Word ?? Message,
        };
        return text is null ? null : Cut(Redaction.Clean(text, secrets));
    }

    private static FarErrorBody FromObject(JsonElement root)
    {
        if (root.TryGetProperty("error", out var error))
        {
            return error.ValueKind is JsonValueKind.Object
                ? new(Text(error, "code"), Text(error, "message"))
                : new(Text(root, "code"), Text(root, "error"));
        }
        return new(Text(root, "status") ?? Text(root, "error_code") ?? Text(root, "code"), Text(root, "message") ?? Text(root, "error_message"));
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= KeptBytes)
            return text;
        var bytes = 0;
        var length = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > KeptBytes)
                break;
            length += rune.Utf16SequenceLength;
        }
        return text[..length];
    }
}
