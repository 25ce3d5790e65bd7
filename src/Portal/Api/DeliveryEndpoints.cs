using Core.Outcomes;
using Core.Turns;
using Core.Webhooks;
using Portal.Authentication;

namespace Portal.Api;

internal static class DeliveryEndpoints
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        deliveries.MapGet("", ListAsync).Produces<Page<DeliveryView>>();
        deliveries.MapGet("{id}", GetAsync).Produces<DeliveryView>();
        deliveries.MapPost("{id}/replay", ReplayAsync).Produces<DeliveryView>();
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        FindDeliveries find,
        ApiProblem problem,
        CancellationToken cancel,
        Guid? bot = null,
        Choice<DeliveryStatus>? status = null,
        string? action = null,
        string? actorType = null,
        string? conversation = null,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string? search = null,
        int limit = 50,
        string? after = null
    )
    {
        var filter = new DeliveryFilter(bot, status?.Value, action, conversation, from, to, search, actorType);
        return (await find.ListAsync(context.User.ToActor(), filter, limit, after, cancel)).Match(Results.Ok, problem.Of);
    }

    private static async Task<IResult> GetAsync(string id, HttpContext context, FindDeliveries find, ApiProblem problem, CancellationToken cancel) =>
        (await find.GetAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> ReplayAsync(string id, HttpContext context, ReplayDelivery replay, ApiProblem problem, CancellationToken cancel) =>
        (await replay.HandleAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);
}
