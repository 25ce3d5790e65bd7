namespace Portal.Components.Bots.Editing;

/// <summary>One choice of a list.</summary>
/// <param name="Value">What it stands for; null = nothing chosen.</param>
/// <param name="Text">What people read.</param>
public sealed record SelectOption(string? Value, string Text)
{
    /// <summary>Why it cannot be chosen; null = it can.</summary>
    public string? Refused { get; init; }

    /// <summary>Text and reason, as the list shows them.</summary>
    public string Shown => Refused is null ? Text : $"{Text} · {Refused}";
}
