using System.Globalization;

namespace Portal.Components.Shared;

/// <summary>Points in time as people read them: dates as their language has them, a clock of 24 hours in every language.</summary>
internal static class Moment
{
    private const string Clock = "HH':'mm':'ss";

    // The month as a word: 3/2 is March to some readers of English, and February to others.
    private const string Date = "d MMM yyyy";

    /// <summary>The time of the day, to the second.</summary>
    public static string Time(DateTimeOffset local) => local.ToString(Clock, CultureInfo.CurrentCulture);

    /// <summary>A short date.</summary>
    public static string Day(DateTimeOffset local) => local.ToString(Date, CultureInfo.CurrentCulture);

    /// <summary>A short date, and the time of the day.</summary>
    public static string DateAndTime(DateTimeOffset local) => Day(local) + " " + Time(local);

    /// <summary>The date in words, and the time of the day.</summary>
    public static string InFull(DateTimeOffset local) => local.ToString("D", CultureInfo.CurrentCulture) + " " + Time(local);

    /// <summary>A time zone by the name that is the same in every language, with its distance from UTC at that time.</summary>
    public static string Zone(TimeZoneInfo zone, DateTimeOffset at)
    {
        var offset = zone.GetUtcOffset(at);
        var distance = offset == TimeSpan.Zero ? "UTC" : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh':'mm}");
        return zone.Id is "UTC" or "Etc/UTC" ? distance : $"{zone.Id.Replace('_', ' ')} ({distance})";
    }
}
