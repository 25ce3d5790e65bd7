using Core.Bots;
using Core.Outcomes;
using Portal.Authentication;

namespace Portal.Api;

internal static class BotEndpoints
{
    public static void MapBots(this RouteGroupBuilder api)
    {
        var bots = api.MapGroup("/bots").WithTags("Bots");
        bots.MapPost("", ConnectAsync).Accepts<NewBot>("application/json").Produces<BotView>(StatusCodes.Status201Created);
        bots.MapGet("", ListAsync).Produces<Page<BotSummary>>();
        bots.MapGet("{id:guid}", GetAsync).Produces<BotView>();
        bots.MapPost("{id:guid}/connect", FinishAsync).Produces<BotView>();
        bots.MapPost("{id:guid}/pause", PauseAsync).Produces<BotView>();
        bots.MapPost("{id:guid}/resume", ResumeAsync).Produces<BotView>();
        bots.MapPost("{id:guid}/token", ReplaceTokenAsync).Accepts<NewToken>("application/json").Produces<BotView>();
        bots.MapDelete("{id:guid}", ArchiveAsync).Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> ConnectAsync(
        HttpContext context,
        ConnectBot connect,
        SaveDraft save,
        ApiProblem problem,
        CancellationToken cancel
    )
    {
        var body = await ApiRequest.ReadAsync<NewBot>(context);
        if (!body.Succeeded)
            return problem.Of(body.Error);
        var actor = context.User.ToActor();
        var bot = body.Value.Draft
            ? await save.HandleAsync(actor, null, body.Value, cancel)
            : await connect.HandleAsync(actor, body.Value, cancel);
        return bot.Match(view => Results.Created($"{PortalUrls.Api}/bots/{view.Id}", view), problem.Of);
    }

    private static async Task<IResult> ListAsync(
        HttpContext context,
        FindBots find,
        ApiProblem problem,
        CancellationToken cancel,
        Choice<BotStatus>? status = null,
        string? search = null,
        int limit = 50,
        string? after = null
    ) => (await find.ListAsync(context.User.ToActor(), new(status?.Value, search), limit, after, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> GetAsync(Guid id, HttpContext context, FindBots find, ApiProblem problem, CancellationToken cancel) =>
        (await find.GetAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> FinishAsync(Guid id, HttpContext context, ConnectBot connect, ApiProblem problem, CancellationToken cancel)
    {
        var choice = new FinishDraft();
        if (context.Request.ContentLength > 0)
        {
            var body = await ApiRequest.ReadAsync<FinishDraft>(context);
            if (!body.Succeeded)
                return problem.Of(body.Error);
            choice = body.Value;
        }
        return (await connect.FinishAsync(context.User.ToActor(), id, choice, cancel)).Match(Results.Ok, problem.Of);
    }

    private static async Task<IResult> PauseAsync(Guid id, HttpContext context, PauseBot pause, ApiProblem problem, CancellationToken cancel) =>
        (await pause.PauseAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> ResumeAsync(Guid id, HttpContext context, PauseBot pause, ApiProblem problem, CancellationToken cancel) =>
        (await pause.ResumeAsync(context.User.ToActor(), id, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> ReplaceTokenAsync(Guid id, HttpContext context, ReplaceToken replace, ApiProblem problem, CancellationToken cancel)
    {
        var body = await ApiRequest.ReadAsync<NewToken>(context);
        return body.Succeeded
            ? (await replace.HandleAsync(context.User.ToActor(), id, body.Value.ApiToken, cancel)).Match(Results.Ok, problem.Of)
            : problem.Of(body.Error);
    }

    private static async Task<IResult> ArchiveAsync(Guid id, HttpContext context, ArchiveBot archive, ApiProblem problem, CancellationToken cancel) =>
        (await archive.HandleAsync(context.User.ToActor(), id, cancel)) is { Succeeded: false, Error: { } error }
            ? problem.Of(error)
            : Results.NoContent();

    // Not a record: a record would print its token.
    private sealed class NewToken
    {
        public string? ApiToken { get; set; }
    }

    /// <summary>A bot to connect, or with <see cref="Draft"/> only to keep.</summary>
    private sealed class NewBot : BotSettings
    {
        public bool Draft { get; set; }
    }
}
