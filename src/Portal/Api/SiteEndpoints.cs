using Core.Bots;
using Core.Bots.Sites;
using Core.Outcomes;
using Portal.Authentication;

namespace Portal.Api;

internal static class SiteEndpoints
{
    public static void MapSites(this RouteGroupBuilder api)
    {
        var bot = api.MapGroup("/bots/{id:guid}").WithTags("Sites");
        bot.MapGet("sites", GetAsync).Produces<IReadOnlyList<SiteRuleSettings>>();
        bot.MapPut("sites", ReplaceAsync).Accepts<List<SiteRuleSettings>>("application/json").Produces<IReadOnlyList<SiteRuleSettings>>();
        bot.MapGet("unknown-sites", UnknownAsync).Produces<IReadOnlyList<UnknownSiteView>>();
        bot.MapDelete("unknown-sites/{siteId:long}", DismissAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, MapSites sites, ApiProblem problem, CancellationToken cancel) =>
        Tagged(context, await sites.ReadAsync(context.User.ToActor(), id, cancel), problem);

    private static async Task<IResult> ReplaceAsync(Guid id, HttpContext context, MapSites sites, ApiProblem problem, CancellationToken cancel)
    {
        var rules = await ApiRequest.ReadAsync<List<SiteRuleSettings>>(context);
        return rules.Succeeded
            ? Tagged(context, await sites.ReplaceAsync(context.User.ToActor(), id, rules.Value, cancel, BotVersion.Held(context)), problem)
            : problem.Of(rules.Error);
    }

    private static IResult Tagged(HttpContext context, Result<SiteMap> map, ApiProblem problem)
    {
        if (!map.Succeeded)
            return problem.Of(map.Error);
        context.Response.Headers.ETag = BotVersion.Tag(map.Value.Version);
        return Results.Ok(map.Value.Rules);
    }

    private static async Task<IResult> UnknownAsync(Guid id, HttpContext context, FindUnknownSites sites, ApiProblem problem, CancellationToken cancel) =>
        (await sites.HandleAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> DismissAsync(Guid id, long siteId, HttpContext context, DismissUnknownSite dismiss, ApiProblem problem, CancellationToken cancel) =>
        (await dismiss.HandleAsync(context.User.ToActor(), id, siteId, cancel)).Error is { } refused ? problem.Of(refused) : Results.NoContent();
}
