using System.Globalization;
using System.Text.Json.Nodes;

namespace Sandbox.Mammut.Graph;

/// <summary>Dates as the graph reads and writes them (mammut.md 2.2).</summary>
internal static class GraphDate
{
    /// <summary>Whole seconds when it has no fraction, with offset.</summary>
    public static string Write(DateTimeOffset instant) =>
        instant.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);

    /// <summary>An ISO-8601 date; a blank stands for the <c>+</c> of the offset that got lost on the way (mammut.md 2.3).</summary>
    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(
            text.Trim().Replace(' ', '+'),
            "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
            out var instant
        )
            ? instant
            : null;

    /// <summary>The <c>creation-date</c> of a body: a date, or now when it says <c>now</c> or nothing; null when it is anything else.</summary>
    public static DateTimeOffset? Of(JsonObject body, DateTimeOffset now) =>
        body["creation-date"] switch
        {
            null => now,
            JsonValue value when value.TryGetValue<string>(out var text) => text == "now" ? now : Read(text),
            _ => null,
        };
}
