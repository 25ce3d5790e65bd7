namespace Portal.Components.Shared;

/// <summary>One of several words in an address, as the management API writes it.</summary>
internal static class Chosen
{
    /// <summary>The value that is meant; null when none is.</summary>
    public static TValue? Read<TValue>(string? word)
        where TValue : struct, Enum =>
        Enum.GetNames<TValue>().FirstOrDefault(name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } known ? Enum.Parse<TValue>(known) : null;

    /// <summary>Its word; null when there is none.</summary>
    public static string? Write<TValue>(TValue? value)
        where TValue : struct, Enum => value is { } chosen && chosen.ToString() is var name ? char.ToLowerInvariant(name[0]) + name[1..] : null;
}
