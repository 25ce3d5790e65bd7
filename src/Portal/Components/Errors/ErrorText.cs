using Core.Outcomes;
using Microsoft.Extensions.Localization;

namespace Portal.Components.Errors;

/// <summary>Turns stable codes into sentences for people: the cause, and what to do next.</summary>
/// <remarks>Texts are keyed <c>code</c> (cause), <c>code.fix</c> (next step) and <c>reason.code</c>, <c>reason.code.fix</c> (deliveries and turns).</remarks>
public sealed class ErrorText(IStringLocalizer<Resources.Errors> texts)
{
    private const string Unknown = "unknown";

    /// <summary>What went wrong, in one sentence.</summary>
    public string Cause(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Fill(Find(error.Code) ?? texts[Unknown], error);
    }

    /// <summary>What went wrong, by code alone.</summary>
    public string Cause(string code) => Cause(new Error(code));

    /// <summary>What to do about it.</summary>
    public string NextStep(Error error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Fill(Find(error.Code + ".fix") ?? texts[Unknown + ".fix"], error);
    }

    /// <summary>What to do about it, by code alone.</summary>
    public string NextStep(string code) => NextStep(new Error(code));

    /// <summary>Why a delivery or turn ended as it did.</summary>
    public string Reason(string code) => Find("reason." + code) ?? Cause(code);

    /// <summary>What that means for the people; null when nothing has to be done.</summary>
    public string? ReasonMeans(string code) => Find("reason." + code + ".fix");

    /// <summary>Whether a code tells how a delivery or turn ended, rather than what failed.</summary>
    public bool IsReason(string code) => Find("reason." + code) is not null;

    private string? Find(string key) => texts[key] is { ResourceNotFound: false } text ? text.Value : null;

    private static string Fill(string text, Error error)
    {
        text = text.Replace("{code}", error.Code, StringComparison.Ordinal);
        foreach (var (name, value) in error.Arguments)
            text = text.Replace("{" + name + "}", value, StringComparison.Ordinal);
        return text;
    }
}
