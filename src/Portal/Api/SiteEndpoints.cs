using Core.Bots;
using Core.Bots.Sites;
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
    }

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, MapSites sites, ApiProblem problem, CancellationToken cancel) =>
        (await sites.GetAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> ReplaceAsync(Guid id, HttpContext context, MapSites sites, ApiProblem problem, CancellationToken cancel)
    {
        var rules = await ApiRequest.ReadAsync<List<SiteRuleSettings>>(context);
        return rules.Succeeded
            ? (await sites.ReplaceAsync(context.User.ToActor(), id, rules.Value, cancel)).Match(Results.Ok, problem.Of)
            : problem.Of(rules.Error);
    }

    private static async Task<IResult> UnknownAsync(Guid id, HttpContext context, FindUnknownSites sites, ApiProblem problem, CancellationToken cancel) =>
        (await sites.HandleAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);
}
