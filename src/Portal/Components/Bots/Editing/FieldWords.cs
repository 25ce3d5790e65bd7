using System.Globalization;
using Microsoft.Extensions.Localization;
using Portal.Components.Shared;

namespace Portal.Components.Bots.Editing;

/// <summary>Settings and their values as people read them, wherever they are compared.</summary>
internal sealed class FieldWords(IStringLocalizer<Resources.Bots> text, IStringLocalizer<Resources.Shared> words)
{
    /// <summary>What the setting is called.</summary>
    public string Name(string field) => text["Field." + field];

    /// <summary>A value as it was read as text; null = not set.</summary>
    public string Value(string field, string? value) =>
        (field, value) switch
        {
            (_, null or "") => words["NotSet"],
            ("mode", _) => text["Mode." + value],
            ("withoutGroup", _) => text["WithoutGroup." + value],
            ("systemAssignment", _) => text["SystemAssignment." + value],
            ("noText", _) => text["NoText." + value],
            ("sites", _) => string.Join(" · ", value.Split('\n').Select(Rule)),
            ("giveBackAfterHours", _) => text["Settings.GiveBackAfter", value],
            ("quietWindow", _) when TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var quiet) => Spent.Say((int)quiet.TotalMilliseconds),
            _ => value,
        };

    /// <summary>A rule, which is kept as scripts read it: where the site is looked for, then what leads where.</summary>
    public string Rule(string line) => line.Split(": ", 2) is [var source, var leads] ? $"{text["Rule." + source]}: {leads}" : line;
}
