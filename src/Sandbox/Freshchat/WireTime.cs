using System.Globalization;

namespace Sandbox.Freshchat;

/// <summary>Instants as Freshchat writes them: UTC, to the millisecond.</summary>
internal static class WireTime
{
    /// <summary>For example <c>2026-03-02T09:15:04.131Z</c>.</summary>
    public static string Wire(this DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Now, without what the wire would lose.</summary>
    public static DateTimeOffset Now(this TimeProvider clock) =>
        DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
}
