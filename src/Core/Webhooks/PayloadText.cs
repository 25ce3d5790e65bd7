using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Core.Webhooks;

/// <summary>
/// Makes of a value's bytes what can be stored in a column. The bytes have passed a JSON reader, so their escapes are whole; whether
/// they are text is found out here, without an exception: anybody can send what is none.
/// </summary>
internal static class PayloadText
{
    /// <summary>Longest id that is kept as written.</summary>
    public const int LongestId = 200;

    private const int OnTheStack = 256;

    private static readonly SearchValues<byte> Ordinary = SearchValues.Create("-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    // What databases do not take in a text.
    private const char Nul = '\0';
    private const char Replacement = '\uFFFD';

    /// <summary>What somebody wrote; null when it is no string, has half a surrogate pair or broken UTF-8.</summary>
    public static string? Words(ReadOnlySpan<byte> body, PayloadValue value) =>
        value.Type is JsonTokenType.String ? Decode(value.In(body))?.Replace(Nul, Replacement) : null;

    /// <summary>A word of Freshchat's, cut to a column's length; numbers are taken as text, empty means none (freshchat.md 5.6).</summary>
    public static string? Word(ReadOnlySpan<byte> body, PayloadValue value, int longest)
    {
        var word = Plain(body, value)?.Replace(Nul, Replacement);
        if (word is null || word.Length <= longest)
            return word;
        return word[..(char.IsHighSurrogate(word[longest - 1]) ? longest - 1 : longest)];
    }

    /// <summary>
    /// An id, read like a word. One that no column takes as it stands is known by its SHA-256, so that two of them stay two and copies
    /// of one are still found.
    /// </summary>
    public static string? Id(ReadOnlySpan<byte> body, PayloadValue value)
    {
        var id = Plain(body, value);
        if (id is null || (id.Length <= LongestId && !id.Contains(Nul, StringComparison.Ordinal)))
            return id;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(id)));
    }

    /// <summary>True when <see cref="Id"/> would find one.</summary>
    public static bool IsId(ReadOnlySpan<byte> body, PayloadValue value)
    {
        var ordinary = value.Type is JsonTokenType.String && value.Length > 0 && !value.In(body).ContainsAnyExcept(Ordinary);
        return ordinary || Plain(body, value) is not null;
    }

    /// <summary>
    /// A time, UTC unless it says otherwise. A clock that is centuries off tells nothing, and sums with its times would overflow; a
    /// time of day would be one of today, whenever that is.
    /// </summary>
    public static DateTimeOffset? Time(ReadOnlySpan<byte> body, PayloadValue value)
    {
        Span<char> text = stackalloc char[OnTheStack];
        if (value.Type is not JsonTokenType.String || !TryDecode(value.In(body), text, out var length))
            return null;
        ReadOnlySpan<char> said = text[..length].Trim();
        return
            said.Length > 4
            && !said[..4].ContainsAnyExceptInRange('0', '9')
            && DateTimeOffset.TryParse(
                said,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out var time
            )
            && time.Year is > 1970 and < 3000
            ? time
            : null;
    }

    /// <summary>Undoes UTF-8 and escapes. False when there is no room, or when it is no text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> raw, Span<char> text, out int length)
    {
        length = 0;
        var escaped = false;
        while (!raw.IsEmpty)
        {
            var slash = raw.IndexOf((byte)'\\');
            var plain = slash < 0 ? raw : raw[..slash];
            if (Utf8.ToUtf16(plain, text[length..], out _, out var written, replaceInvalidSequences: false) is not OperationStatus.Done)
                return false;
            length += written;
            raw = raw[plain.Length..];
            if (raw.IsEmpty)
                break;
            if (length == text.Length)
                return false;
            escaped = true;
            text[length++] = Unescape(raw[1], raw[2..]);
            raw = raw[(raw[1] == 'u' ? 6 : 2)..];
        }
        return !escaped || IsWhole(text[..length]);
    }

    private static string? Plain(ReadOnlySpan<byte> body, PayloadValue value)
    {
        var text = value.Type switch
        {
            JsonTokenType.String => Decode(value.In(body)),
            JsonTokenType.Number => Encoding.ASCII.GetString(value.In(body)),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(text) ? null : text;
    }

    // No text is longer than its bytes.
    private static string? Decode(ReadOnlySpan<byte> raw)
    {
        var rented = raw.Length > OnTheStack ? ArrayPool<char>.Shared.Rent(raw.Length) : null;
        var text = rented ?? stackalloc char[OnTheStack];
        var decoded = TryDecode(raw, text, out var length) ? new string(text[..length]) : null;
        if (rented is not null)
            ArrayPool<char>.Shared.Return(rented, clearArray: true);
        return decoded;
    }

    private static char Unescape(byte letter, ReadOnlySpan<byte> digits) =>
        (char)letter switch
        {
            'u' => (char)ushort.Parse(digits[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            var itself => itself,
        };

    private static bool IsWhole(ReadOnlySpan<char> text)
    {
        while (text.IndexOfAnyInRange('\uD800', '\uDFFF') is >= 0 and var i)
        {
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return false;
            text = text[(i + 2)..];
        }
        return true;
    }
}
