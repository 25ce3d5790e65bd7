using System.Globalization;
using System.Net.Http.Headers;

namespace Core.Outcomes;

/// <summary>How long a 429 or 503 asks to wait (freshchat.md 3.2). Pure.</summary>
public static class WaitHeaders
{
    /// <summary>Longest wait that is believed.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(15);

    // Below: seconds from now. Above the second: Unix time in milliseconds. Between: Unix time in seconds.
    private const double SmallestUnixTime = 1_000_000;
    private const double LargestUnixSeconds = 1e12;

    private static readonly string[] ResetNames = ["X-RateLimit-Reset", "X-RateLimitReset"];

    /// <summary>
    /// <c>Retry-After</c> wins, then either spelling of the reset header; null when none can be read. Never negative, at most
    /// <see cref="Cap"/>.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, DateTimeOffset now)
    {
        if (headers.RetryAfter is { } retryAfter)
            return Bound(retryAfter.Delta ?? retryAfter.Date - now ?? TimeSpan.Zero);
        foreach (var name in ResetNames)
        {
            if (headers.TryGetValues(name, out var values)
                && double.TryParse(values.First(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var reset))
                return Bound(UntilReset(reset, now));
        }
        return null;
    }

    private static TimeSpan UntilReset(double reset, DateTimeOffset now)
    {
        var unixNow = now.ToUnixTimeMilliseconds() / 1000.0;
        var seconds = reset switch
        {
            < SmallestUnixTime => reset,
            <= LargestUnixSeconds => reset - unixNow,
            _ => reset / 1000 - unixNow,
        };
        return TimeSpan.FromSeconds(Math.Min(seconds, Cap.TotalSeconds));
    }

    private static TimeSpan Bound(TimeSpan wait) => wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Cap ? Cap : wait;
}
