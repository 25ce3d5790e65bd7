using System.Text;
using System.Text.Json;

namespace Reliability.Tests.Fuzz;

/// <summary>
/// JSON that may be wrong: names and scalars are kept as they stand between the quotes, a name may come twice, and nothing is checked
/// when it is written.
/// </summary>
internal sealed class RawJson
{
    private RawJson(string? scalar, bool isObject)
    {
        Scalar = scalar;
        IsObject = isObject;
    }

    /// <summary>A string with its quotes, a number or a word; null for an object or a list.</summary>
    public string? Scalar { get; private set; }

    /// <summary>True for an object, false for a list.</summary>
    public bool IsObject { get; private set; }

    /// <summary>What is in it; a list has no names.</summary>
    public List<(string Name, RawJson Value)> Items { get; private set; } = [];

    public static RawJson Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    public static RawJson Of(string scalar) => new(scalar, false);

    public static RawJson Object(params IEnumerable<(string Name, RawJson Value)> items) => new(null, true) { Items = [.. items] };

    public static RawJson List(params IEnumerable<RawJson> items) => new(null, false) { Items = [.. items.Select(i => ("", i))] };

    /// <summary>Becomes another value in its place.</summary>
    public void Become(RawJson other)
    {
        Scalar = other.Scalar;
        IsObject = other.IsObject;
        Items = other.Items;
    }

    /// <summary>Itself and all below.</summary>
    public IEnumerable<RawJson> Everything() => Items.SelectMany(i => i.Value.Everything()).Prepend(this);

    public byte[] Bytes()
    {
        var text = new StringBuilder();
        Write(text);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Write(StringBuilder text)
    {
        if (Scalar is not null)
        {
            text.Append(Scalar);
            return;
        }
        text.Append(IsObject ? '{' : '[');
        for (var i = 0; i < Items.Count; i++)
        {
            text.Append(i > 0 ? "," : "");
            if (IsObject)
                text.Append('"').Append(Items[i].Name).Append("\":");
            Items[i].Value.Write(text);
        }
        text.Append(IsObject ? '}' : ']');
    }

    private static RawJson Of(JsonElement json) =>
        json.ValueKind switch
        {
            JsonValueKind.Object => Object(json.EnumerateObject().Select(p => (p.Name, Of(p.Value)))),
            JsonValueKind.Array => List(json.EnumerateArray().Select(Of)),
            _ => Of(json.GetRawText()),
        };
}
