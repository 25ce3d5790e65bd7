using System.Globalization;
using Core.Bots;
using Core.Outcomes;

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

    /// <summary>The bot as it is now.</summary>
    public static IResult Shown(HttpContext context, Result<BotView> bot, ApiProblem problem) => Answer(context, bot, problem, Results.Ok);

    /// <summary>The bot as it was made.</summary>
    public static IResult Made(HttpContext context, Result<BotView> bot, ApiProblem problem) =>
        Answer(context, bot, problem, view => Results.Created($"{PortalUrls.Api}/bots/{view.Id}", view));

    private static IResult Answer(HttpContext context, Result<BotView> bot, ApiProblem problem, Func<BotView, IResult> answer)
    {
        if (!bot.Succeeded)
            return problem.Of(bot.Error);
        context.Response.Headers.ETag = Tag(bot.Value.Version);
        return answer(bot.Value);
    }

    /// <summary>A version as it is written.</summary>
    public static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
