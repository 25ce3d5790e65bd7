using System.Buffers.Text;
using System.Text.Json;

namespace Core.Outcomes;

/// <summary>Where a page of a list ended, as an opaque text (portal.md 3). A cursor that cannot be read starts from the beginning.</summary>
public static class Cursor
{
    /// <summary>Packs the sort key of the last entry.</summary>
    public static string Write(params string[] key) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(key));

    /// <summary>Unpacks it; null when there is none or it is not ours.</summary>
    public static string[]? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor))
            return null;
        try
        {
            return JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(cursor));
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            return null;
        }
    }
}
