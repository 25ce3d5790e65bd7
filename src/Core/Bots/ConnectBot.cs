using Core.Bots.Changes;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots;

/// <summary>Joins a bot to its account: intent saved first, Freshchat probed, Mammut called, id stored, live.</summary>
public sealed class ConnectBot(
    PortalStore store,
    SaveDraft saveDraft,
    ProbeFreshchat probe,
    ProvisionInMammut mammut,
    ReadBot read,
    Secrets secrets,
    ChangeFeed feed,
    TimeProvider clock,
    IOptions<OutboundOptions> outbound
)
{
    private readonly BotSettingsValidator _validator = new(outbound.Value.AllowHttpLoopback);

    /// <summary>
    /// The whole way in one call (<c>POST /bots</c>). What fails in the middle leaves a draft that can be finished; its id is in the
    /// error's argument <c>botId</c>. Nothing is kept when Freshchat refuses a value.
    /// </summary>
    public async Task<Result<BotView>> HandleAsync(Actor actor, BotSettings settings, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(settings);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (BotSettingsValidator.Faults(_validator, settings) is { } fault)
            return fault;
        if (string.IsNullOrWhiteSpace(settings.Freshchat.ApiToken))
            return BotErrors.Required("apiToken");
        if (settings.Freshchat.PublicKeys is not { Count: > 0 })
            return BotErrors.Required("publicKeys");
        // Before anything is kept: a value that Freshchat refuses is corrected by writing again, not by mending a draft.
        var account = await probe.HandleAsync(actor, settings.Freshchat.ChatUrl, settings.Freshchat.ApiToken, cancel);
        if (!account.Succeeded)
            return account.Error;
        var agent = CheckAgainstAccount.Agent(account.Value, settings.Freshchat.AgentId);
        var refused =
            CheckAgainstAccount.AppId(account.Value, settings.Freshchat.AppId)
            ?? agent.Error
            ?? CheckAgainstAccount.Group(account.Value, settings.Freshchat.GroupName, settings.Freshchat.AgentId).Error;
        if (refused is not null)
            return refused;
        if (await TakenByAsync(account.Value.AppId, null, cancel) is { } other)
            return BotErrors.AppIdTaken(other);

        settings.Freshchat.AppId = account.Value.AppId;
        var draft = await saveDraft.HandleAsync(actor, null, settings, cancel);
        return draft.Succeeded ? await FinishAsync(actor, draft.Value.Id, new(), cancel) : draft;
    }

    /// <summary>
    /// Finishes a draft (<c>POST /bots/{id}/connect</c>). After an unclear create <paramref name="choice"/> says whether the bot is
    /// there already, by its id, or whether to create it again (mammut.md 4.2).
    /// </summary>
    public async Task<Result<BotView>> FinishAsync(Actor actor, Guid id, FinishDraft choice, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(choice);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (await ChooseAsync(id, choice, cancel) is { } refused)
            return refused.With("botId", id.ToString());
        var provisioned = await ProvisionAsync(actor, id, choice.CreateAgain, cancel);
        if (!provisioned.Succeeded)
            return provisioned.Error.With("botId", id.ToString());
        var live = await GoLiveAsync(actor, id, cancel);
        return live.Succeeded ? live : live.Error.With("botId", id.ToString());
    }

    // Before Mammut is called: a bot that could not go live would be left there for nothing.
    private async Task<Error?> ChooseAsync(Guid id, FinishDraft choice, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.AppId.Length > 0 && await TakenByAsync(bot.AppId, id, cancel) is { } other)
            return BotErrors.AppIdTaken(other);
        if (choice.MammutId is not { } mammutId)
            return null;
        if (mammutId <= 0)
            return new Error("mammut_id_invalid", "mammutId");
        await store.WriteAsync(
            write =>
                write.Bots.Where(b => b.Id == id && b.Status == BotStatus.Draft && !b.MammutIdConfirmed)
                    .ExecuteUpdateAsync(row => row.SetProperty(b => b.MammutId, mammutId), cancel),
            cancel
        );
        return null;
    }

    /// <summary>
    /// Creates the bot in Mammut, or updates the existing <c>mammutId</c>; what the wizard does when the step "Bot" is left.
    /// When an earlier create is unclear it is refused (<c>mammut_create_unclear</c>) unless <paramref name="createAgain"/> is set.
    /// </summary>
    public async Task<Result<BotView>> ProvisionAsync(Actor actor, Guid id, bool createAgain, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var checkedBot = await CheckAsync(id, cancel);
        if (!checkedBot.Succeeded)
            return await RefuseAsync(id, checkedBot.Error, cancel);
        var error = await mammut.HandleAsync(id, createAgain, cancel);
        feed.Announce(id);
        return error is null ? await read.HandleAsync(id, cancel) : error;
    }

    /// <summary>Checks everything once more and makes the bot answer. Needs a public key and a bot in Mammut.</summary>
    public async Task<Result<BotView>> GoLiveAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var ready = await ReadyAsync(id, cancel);
        if (!ready.Succeeded)
            return ready.Error;
        try
        {
            var error = await store.WriteAsync(db => GoLiveAsync(db, actor, id, cancel), cancel);
            if (error is not null)
                return error;
        }
        catch (DbUpdateException)
        {
            // Two drafts of one account went live at the same moment: the index let one of them through.
            await using var db = store.Read();
            var appId = await db.Bots.Where(b => b.Id == id).Select(b => b.AppId).FirstOrDefaultAsync(cancel) ?? "";
            if (await TakenByAsync(appId, id, cancel) is not { } winner)
                throw;
            return BotErrors.AppIdTaken(winner);
        }
        feed.Announce(id);
        return await read.HandleAsync(id, cancel);
    }

    /// <summary>Asks the account once more and tells Mammut what it has not been told yet: a bot that may answer now. Roles are the caller's business.</summary>
    internal async Task<Result<Bot>> ReadyAsync(Guid id, CancellationToken cancel)
    {
        var found = await CheckAsync(id, cancel);
        if (!found.Succeeded)
            return (await RefuseAsync(id, found.Error, cancel)).Error!;
        // What was changed after Mammut was told has to be told again, or its copy would differ from the first minute.
        if (found.Value is { Status: BotStatus.Draft, MammutId: not null, ProvisionedAt: null } && await mammut.HandleAsync(id, false, cancel) is { } untold)
            return untold;
        return found;
    }

    /// <summary>What a draft lacks before it may answer anybody; null = nothing.</summary>
    internal static async Task<Error?> MissingAsync(PortalDb db, Bot bot, CancellationToken cancel)
    {
        if (bot.MammutId is null)
            return new Error("mammut_missing", "mammutId");
        if (bot.Keys.Count == 0)
            return new Error("public_key_missing", "publicKeys");
        var other = await db.Bots.Where(b => b.AppId == bot.AppId && b.Id != bot.Id && (b.Status == BotStatus.Live || b.Status == BotStatus.Paused))
            .Select(b => b.Name)
            .FirstOrDefaultAsync(cancel);
        return other is null ? null : BotErrors.AppIdTaken(other);
    }

    private async Task<Error?> GoLiveAsync(PortalDb db, Actor actor, Guid id, CancellationToken cancel)
    {
        var bot = await db.Bots.Include(b => b.Keys).FirstAsync(b => b.Id == id, cancel);
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? null : BotErrors.WrongStatus(bot.Status);
        if (await MissingAsync(db, bot, cancel) is { } missing)
            return missing;
        bot.Status = BotStatus.Live;
        bot.DraftState = null;
        bot.DraftErrorCode = null;
        bot.LiveSince = clock.GetUtcNow();
        bot.Version++;
        await db.TypedDrafts.Where(t => t.BotId == id).ExecuteDeleteAsync(cancel);
        await db.Rehearsals.Where(r => r.BotId == id).ExecuteDeleteAsync(cancel);
        BotChange.Note(db, actor, bot, BotAct.Connected, clock.GetUtcNow());
        return null;
    }

    // What was true when it was typed may be false now: every step towards live asks the account again.
    private async Task<Result<Bot>> CheckAsync(Guid id, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? bot : BotErrors.WrongStatus(bot.Status);
        if (bot.Name.Length == 0)
            return BotErrors.Required("name");
        var way = BotAccount.Of(bot, secrets);
        if (!way.Succeeded)
            return way.Error;
        var account = await probe.AskAsync(way.Value, cancel);
        if (!account.Succeeded)
            return account.Error;
        if (CheckAgainstAccount.AppId(account.Value, bot.AppId) is { } mismatch)
            return mismatch;
        var agent = CheckAgainstAccount.Agent(account.Value, bot.AgentId);
        if (!agent.Succeeded)
            return agent.Error;
        var group = CheckAgainstAccount.Group(account.Value, bot.GroupName, bot.AgentId);
        if (group.Error is { } refused)
            return refused;
        return await store.WriteAsync(
            async write =>
            {
                var kept = await write.Bots.FirstAsync(b => b.Id == id, cancel);
                kept.AppId = account.Value.AppId;
                kept.AgentName = agent.Value.Name;
                kept.GroupId = group.Value?.Id;
                return kept;
            },
            cancel
        );
    }

    private async Task<Result<BotView>> RefuseAsync(Guid id, Error error, CancellationToken cancel)
    {
        await store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstOrDefaultAsync(b => b.Id == id && b.Status == BotStatus.Draft, cancel);
                if (bot is null or { DraftState: DraftState.MammutCreateUnclear })
                    return;
                bot.DraftState = DraftState.Failed;
                bot.DraftErrorCode = error.Code;
            },
            cancel
        );
        feed.Announce(id);
        return error;
    }

    private async Task<string?> TakenByAsync(string appId, Guid? except, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await db.Bots.Where(b => b.AppId == appId && b.Id != except && (b.Status == BotStatus.Live || b.Status == BotStatus.Paused))
            .Select(b => b.Name)
            .FirstOrDefaultAsync(cancel);
    }
}

/// <summary>How to finish a draft whose create in Mammut is unclear.</summary>
public sealed class FinishDraft
{
    /// <summary>Id of the bot, when it turned out to exist in Mammut.</summary>
    public long? MammutId { get; set; }

    /// <summary>Creates it once more, after the admin has looked and found none.</summary>
    public bool CreateAgain { get; set; }
}
