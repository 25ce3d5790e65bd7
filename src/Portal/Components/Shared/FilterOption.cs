namespace Portal.Components.Shared;

/// <summary>One choice of a row of filters.</summary>
/// <param name="Value">What it filters by; null = everything.</param>
/// <param name="Name">Name for scripts, the same in every language.</param>
/// <param name="Text">What people read.</param>
/// <param name="Count">How many there are; null = not shown.</param>
public sealed record FilterOption<TValue>(TValue? Value, string Name, string Text, int? Count = null)
    where TValue : struct;
