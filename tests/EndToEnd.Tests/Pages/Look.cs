namespace EndToEnd.Tests.Pages;

/// <summary>One way to look at a page.</summary>
/// <param name="Language">The reader's language.</param>
/// <param name="Theme">The theme that they chose.</param>
/// <param name="Width">Width of their window, in CSS pixels.</param>
internal sealed record Look(string Language, string Theme, int Width)
{
    /// <summary>Every way, ordered so that neighbours differ in more than one respect.</summary>
    public static IReadOnlyList<Look> All { get; } =
    [
        new("es", "light", 390),
        new("en", "dark", 1280),
        new("es", "dark", 390),
        new("en", "light", 1280),
        new("en", "light", 390),
        new("es", "dark", 1280),
        new("en", "dark", 390),
        new("es", "light", 1280),
    ];

    /// <summary>As part of a file's name.</summary>
    public override string ToString() => $"{Language}-{Theme}-{Width}";
}
