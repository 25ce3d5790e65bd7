namespace Core.Outcomes;

/// <summary>A part of a list, keyset-paged (portal.md 3).</summary>
/// <param name="Items">The entries, in the list's order.</param>
/// <param name="Next">Cursor of the next part; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>What holds for every list that is read in parts.</summary>
public static class Page
{
    /// <summary>Entries that are read at once at most.</summary>
    public const int Longest = 200;

    /// <summary>How many entries a part has at most, however many are asked for.</summary>
    public static int Limit(int asked) => Math.Clamp(asked, 1, Longest);
}
