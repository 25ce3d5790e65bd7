using System.Globalization;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>Times are read without a.m. and p.m., and zones without words of another language.</summary>
public sealed class MomentTests
{
    private static readonly DateTimeOffset Evening = new(2026, 3, 2, 21, 5, 9, TimeSpan.FromHours(1));

    [Theory]
    [InlineData("en", "21:05:09", "2 Mar 2026 21:05:09", "Monday, March 2, 2026 21:05:09")]
    [InlineData("es", "21:05:09", "2 mar 2026 21:05:09", "lunes, 2 de marzo de 2026 21:05:09")]
    public void The_clock_has_24_hours_in_both_languages(string language, string time, string dateAndTime, string inFull)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(language);
        try
        {
            Assert.Equal((time, dateAndTime, inFull), (Moment.Time(Evening), Moment.DateAndTime(Evening), Moment.InFull(Evening)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("UTC", "UTC")]
    [InlineData("Europe/Madrid", "Europe/Madrid (UTC+01:00)")]
    [InlineData("America/New_York", "America/New York (UTC-05:00)")]
    public void A_zone_is_named_alike_in_every_language(string id, string name) => Assert.Equal(name, Moment.Zone(TimeZoneInfo.FindSystemTimeZoneById(id), Evening));
}
