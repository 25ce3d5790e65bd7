using Core.Bots;
using Core.Bots.Accounts;
using Portal.Authentication;

namespace Portal.Api;

internal static class ProbeEndpoints
{
    public static void MapProbe(this RouteGroupBuilder api) =>
        api.MapPost("/probe/freshchat", ProbeAsync)
            .WithTags("Probe")
            .Accepts<Account>("application/json")
            .Produces<FreshchatProbe>();

    private static async Task<IResult> ProbeAsync(HttpContext context, ProbeFreshchat probe, ApiProblem problem, CancellationToken cancel)
    {
        var account = await ApiRequest.ReadAsync<Account>(context);
        return account.Succeeded
            ? (await probe.HandleAsync(context.User.ToActor(), account.Value.ChatUrl, account.Value.ApiToken, cancel)).Match(Results.Ok, problem.Of)
            : problem.Of(account.Error);
    }

    // Not a record: a record would print its token.
    private sealed class Account
    {
        public string? ChatUrl { get; set; }

        public string? ApiToken { get; set; }
    }
}
