namespace Core.Outcomes;

/// <summary>A part of a list, keyset-paged (portal.md 3).</summary>
/// <param name="Items">The entries, in the list's order.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
