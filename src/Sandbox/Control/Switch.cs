using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sandbox.Control;

/// <summary>Something about a simulated system that can be turned while it runs: a fault, a pause, a spelling.</summary>
/// <param name="System">The system's name in addresses, e.g. <c>mammut</c>.</param>
/// <param name="Name">The switch's name in addresses, in kebab-case.</param>
/// <param name="Group">The heading it stands under.</param>
/// <param name="Spanish">What it does, in one sentence for people.</param>
/// <param name="English">The same in English.</param>
internal abstract record Switch(string System, string Name, SwitchGroup Group, string Spanish, string English)
{
    /// <summary>How values look: durations as <c>hh:mm:ss.fff</c>, choices in kebab-case.</summary>
    protected static JsonSerializerOptions Json { get; } =
        new() { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    /// <summary><c>on-off</c>, <c>count</c>, <c>duration</c>, <c>choice</c> or <c>text</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>The values of a choice; null for every other kind.</summary>
    public abstract IReadOnlyList<JsonElement>? Choices { get; }

    /// <summary>The value before anyone turned the switch.</summary>
    public abstract object Untouched { get; }

    /// <summary>A value in JSON.</summary>
    public static JsonElement Write(object value) => JsonSerializer.SerializeToElement(value, value.GetType(), Json);

    /// <summary>The value, or null when the JSON is not one of this kind.</summary>
    public abstract object? Read(JsonElement json);
}

/// <inheritdoc />
/// <typeparam name="T">bool, int, TimeSpan, string or an enum.</typeparam>
internal sealed record Switch<T>(string System, string Name, SwitchGroup Group, T Default, string Spanish, string English)
    : Switch(System, Name, Group, Spanish, English)
    where T : notnull
{
    public override string Kind =>
        Default switch
        {
            bool => "on-off",
            int => "count",
            TimeSpan => "duration",
            Enum => "choice",
            _ => "text",
        };

    public override IReadOnlyList<JsonElement>? Choices =>
        typeof(T).IsEnum
            ? [.. Enum.GetValuesAsUnderlyingType(typeof(T)).Cast<object>().Select(v => Write(Enum.ToObject(typeof(T), v)))]
            : null;

    public override object Untouched => Default;

    public override object? Read(JsonElement json)
    {
        // Numbers would pass for choices, whatever they name.
        if (json.ValueKind == JsonValueKind.Undefined || (Kind == "choice" && json.ValueKind != JsonValueKind.String))
            return null;
        try
        {
            return json.Deserialize<T>(Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
