using System.Text;

namespace Support;

/// <summary>
/// The wire form of a payload: blanks between tokens removed, every string left exactly as it is written. A JSON writer would escape
/// what lies outside the basic plane, and then other bytes would be signed than Freshchat signs.
/// </summary>
public static class CompactJson
{
    /// <summary>Removes the blanks.</summary>
    public static string Of(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var compact = new StringBuilder(json.Length);
        var (inside, escaped) = (false, false);
        foreach (var character in json)
        {
            if (inside || !char.IsWhiteSpace(character))
                compact.Append(character);
            if (character == '"' && !escaped)
                inside = !inside;
            escaped = inside && character == '\\' && !escaped;
        }
        return compact.ToString();
    }
}
