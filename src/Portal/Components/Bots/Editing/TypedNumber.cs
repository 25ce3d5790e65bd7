using System.Globalization;

namespace Portal.Components.Bots.Editing;

/// <summary>Numbers as people type them. In either language some write a point and some a comma; nobody separates thousands here.</summary>
internal static class TypedNumber
{
    // More than anybody waits, less than a time span holds.
    private const double MostSeconds = 1_000_000;

    /// <summary>Seconds, with decimals; null = no such number.</summary>
    public static TimeSpan? Seconds(string? text) =>
        double.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < MostSeconds
            ? TimeSpan.FromMilliseconds(Math.Round(seconds * 1_000))
            : null;

    /// <summary>Whole hours; null = no such number.</summary>
    public static int? Hours(string? text) => int.TryParse(text?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) ? hours : null;
}
