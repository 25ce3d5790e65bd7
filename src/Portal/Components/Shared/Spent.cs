using System.Globalization;

namespace Portal.Components.Shared;

/// <summary>Durations as people read them.</summary>
internal static class Spent
{
    /// <summary>Milliseconds below one second, then seconds with one decimal, then minutes.</summary>
    public static string Say(int milliseconds) =>
        milliseconds switch
        {
            < 1_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds} ms"),
            < 60_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000.0:0.0} s"),
            _ => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 60_000.0:0.0} min"),
        };
}
