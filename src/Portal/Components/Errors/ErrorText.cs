using System.Globalization;
using System.Text.RegularExpressions;
using Core.Outcomes;
using Microsoft.Extensions.Localization;

namespace Portal.Components.Errors;

/// <summary>Turns stable codes into sentences for people: the cause, and what to do next.</summary>
/// <remarks>Texts are keyed <c>code</c> (cause), <c>code.fix</c> (next step) and <c>reason.code</c>, <c>reason.code.fix</c> (deliveries and turns).</remarks>
public sealed partial class ErrorText(IStringLocalizer<Resources.Errors> texts)
{
    private const string Unknown = "unknown";
    private const string ReasonOf = "reason.";
    private const string Fix = ".fix";

    /// <summary>What went wrong, in one sentence.</summary>
    public string Cause(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Fill(Text(error.Code) ?? texts[Unknown], error);
    }

    /// <summary>What went wrong, by code alone.</summary>
    public string Cause(string code) => Cause(new Error(code));

    /// <summary>What to do about it.</summary>
    public string NextStep(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Fill(Text(error.Code + Fix) ?? texts[Unknown + Fix], error);
    }

    /// <summary>What to do about it, by code alone.</summary>
    public string NextStep(string code) => NextStep(new Error(code));

    /// <summary>Why a delivery or turn ended as it did.</summary>
    public string Reason(string code) => Text(ReasonOf + code) ?? Cause(code);

    /// <summary>What that means for the people; null when nothing has to be done.</summary>
    public string? ReasonMeans(string code) => Text(ReasonOf + code + Fix);

    /// <summary>Whether a code names something that failed.</summary>
    public bool IsError(string code) => Text(code) is not null && Text(code + Fix) is not null;

    /// <summary>Whether there are words for a code.</summary>
    public bool Knows(string code) => IsError(code) || IsReason(code);

    /// <summary>What a code says without a case at hand: what it would name stands as an ellipsis.</summary>
    public string InGeneral(string code, bool reason = true) => Blank(reason && IsReason(code) ? Reason(code) : Cause(code));

    /// <summary>What to do about a code without a case at hand.</summary>
    public string NextStepInGeneral(string code) => Blank(NextStep(code));

    /// <summary>The codes in whose name, cause or next step every word of a search stands; those whose name begins with it come first.</summary>
    public IReadOnlyList<string> Find(string search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var compare = CultureInfo.CurrentUICulture.CompareInfo;
        var words = search.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. Codes
                .Where(code => words.All(word => compare.IndexOf(About(code), word, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0))
                .OrderByDescending(code => code.StartsWith(search, StringComparison.OrdinalIgnoreCase)),
        ];
    }

    /// <summary>Every code that there are words for.</summary>
    public IReadOnlyList<string> Codes =>
        [
            .. texts
                .GetAllStrings(includeParentCultures: true)
                .Select(text => text.Name)
                .Select(key => key.StartsWith(ReasonOf, StringComparison.Ordinal) ? key[ReasonOf.Length..] : key)
                .Select(key => key.EndsWith(Fix, StringComparison.Ordinal) ? key[..^Fix.Length] : key)
                .Distinct()
                .Where(Knows)
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>Whether a code tells how a delivery or turn ended, rather than what failed.</summary>
    public bool IsReason(string code) => Text(ReasonOf + code) is not null;

    private string? Text(string key) => texts[key] is { ResourceNotFound: false } text ? text.Value : null;

    private string About(string code) => $"{code} {InGeneral(code)} {(IsReason(code) ? ReasonMeans(code) : NextStepInGeneral(code))}";

    private static string Blank(string text) => Placeholder().Replace(text, "…");

    private static string Fill(string text, Error error)
    {
        text = text.Replace("{code}", error.Code, StringComparison.Ordinal);
        foreach (var (name, value) in error.Arguments)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Placeholder();
}
