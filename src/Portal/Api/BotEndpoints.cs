using System.Text.Json.Nodes;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Bots.Connecting;
using Core.Bots.Listing;
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
        bots.MapPatch("{id:guid}", ChangeAsync).Accepts<BotSettings>("application/merge-patch+json", "application/json").Produces<BotView>();
        bots.MapPost("{id:guid}/check", CheckAsync).Produces<BotView>();
        bots.MapPost("{id:guid}/clone", CloneAsync).Accepts<Clone>("application/json").Produces<BotView>(StatusCodes.Status201Created);
        api.MapGet("/audit", AuditAsync).WithTags("Audit").Produces<Page<BotChangeView>>();
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
        return BotVersion.Made(context, bot, problem);
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
        BotVersion.Shown(context, await find.GetAsync(context.User.ToActor(), id, cancel), problem);

    private static async Task<IResult> ChangeAsync(
        Guid id,
        HttpContext context,
        FindBots find,
        ChangeBot change,
        ApiProblem problem,
        CancellationToken cancel
    )
    {
        var patch = await MergePatch.ReadAsync(context);
        if (!patch.Succeeded)
            return problem.Of(patch.Error);
        var held = BotVersion.Held(context);
        while (true)
        {
            var bot = await find.GetAsync(context.User.ToActor(), id, cancel);
            if (!bot.Succeeded)
                return problem.Of(bot.Error);
            if (held is not null && held != bot.Value.Version)
                return problem.Of(BotErrors.VersionMismatch);
            var settings = MergePatch.Apply(context, bot.Value.ToSettings(), Explicit(patch.Value));
            if (!settings.Succeeded)
                return problem.Of(settings.Error);
            var changed = await change.HandleAsync(context.User.ToActor(), id, settings.Value, bot.Value.Version, cancel);
            // Whoever named no version wants the change on whatever is there.
            if (changed.Error != BotErrors.VersionMismatch || held is not null)
                return BotVersion.Shown(context, changed, problem);
        }
    }

    // A secret that is absent stays; one that is null was to be cleared, which a bot that is connected refuses.
    private static JsonObject Explicit(JsonObject patch)
    {
        if (patch["freshchat"] is not JsonObject freshchat)
            return patch;
        if (freshchat.ContainsKey("apiToken"))
            freshchat["apiToken"] ??= "";
        if (freshchat.ContainsKey("publicKeys"))
            freshchat["publicKeys"] ??= new JsonArray();
        return patch;
    }

    private static async Task<IResult> CheckAsync(Guid id, HttpContext context, CheckBot check, ApiProblem problem, CancellationToken cancel) =>
        BotVersion.Shown(context, await check.HandleAsync(context.User.ToActor(), id, cancel), problem);

    private static async Task<IResult> CloneAsync(Guid id, HttpContext context, CloneBot clone, ApiProblem problem, CancellationToken cancel)
    {
        var body = await ApiRequest.ReadAsync<Clone>(context);
        if (!body.Succeeded)
            return problem.Of(body.Error);
        return BotVersion.Made(context, await clone.HandleAsync(context.User.ToActor(), id, body.Value.Name, cancel, BotVersion.Held(context)), problem);
    }

    private static async Task<IResult> AuditAsync(
        HttpContext context,
        FindChanges find,
        ApiProblem problem,
        CancellationToken cancel,
        Guid? bot = null,
        int limit = 50,
        string? after = null
    ) => (await find.ListAsync(context.User.ToActor(), bot, limit, after, cancel)).Match(Results.Ok, problem.Of);

    private static async Task<IResult> FinishAsync(Guid id, HttpContext context, FinishDraft finish, ApiProblem problem, CancellationToken cancel)
    {
        var choice = await ApiRequest.ReadOptionalAsync<FinishChoice>(context);
        return choice.Succeeded
            ? BotVersion.Shown(context, await finish.HandleAsync(context.User.ToActor(), id, choice.Value, cancel, BotVersion.Held(context)), problem)
            : problem.Of(choice.Error);
    }

    private static async Task<IResult> PauseAsync(Guid id, HttpContext context, PauseBot pause, ApiProblem problem, CancellationToken cancel) =>
        BotVersion.Shown(context, await pause.PauseAsync(context.User.ToActor(), id, cancel, BotVersion.Held(context)), problem);

    private static async Task<IResult> ResumeAsync(Guid id, HttpContext context, PauseBot pause, ApiProblem problem, CancellationToken cancel) =>
        BotVersion.Shown(context, await pause.ResumeAsync(context.User.ToActor(), id, cancel, BotVersion.Held(context)), problem);

    private static async Task<IResult> ReplaceTokenAsync(Guid id, HttpContext context, ReplaceToken replace, ApiProblem problem, CancellationToken cancel)
    {
        var body = await ApiRequest.ReadAsync<NewToken>(context);
        return body.Succeeded
            ? BotVersion.Shown(context, await replace.HandleAsync(context.User.ToActor(), id, body.Value.ApiToken, cancel, version: BotVersion.Held(context)), problem)
            : problem.Of(body.Error);
    }

    private static async Task<IResult> ArchiveAsync(Guid id, HttpContext context, ArchiveBot archive, ApiProblem problem, CancellationToken cancel) =>
        (await archive.HandleAsync(context.User.ToActor(), id, cancel, BotVersion.Held(context))) is { Succeeded: false, Error: { } error }
            ? problem.Of(error)
            : Results.NoContent();

    /// <summary>What the copy is called; null = like the original.</summary>
    private sealed record Clone(string? Name = null);

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
