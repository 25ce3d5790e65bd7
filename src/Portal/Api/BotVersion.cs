using System.Globalization;

namespace Portal.Api;

/// <summary>A bot's version in HTTP: <c>ETag</c> on every answer that shows the bot, <c>If-Match</c> on every write to it (docs/contracts/portal.md 3).</summary>
internal static class BotVersion
{
    // No bot ever has it.
    private const int Unknown = -1;

    /// <summary>The version that the caller holds; null = whatever is there.</summary>
    public static int? Held(HttpContext context)
    {
        var tag = context.Request.Headers.IfMatch.ToString();
        if (tag is "" or "*")
            return null;
        return int.TryParse(tag.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) && tag == Tag(version) ? version : Unknown;
    }

    /// <summary>A version as it is written.</summary>
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
