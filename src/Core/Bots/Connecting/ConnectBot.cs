using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots.Connecting;

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
        var freshchat = settings.Freshchat;
        if (CheckAgainstAccount.Whole(account.Value, freshchat.AppId, freshchat.AgentId, freshchat.GroupName).Error is { } refused)
            return refused;
        if (await TakenAsync(account.Value.AppId, null, cancel) is { } taken)
            return taken;

        settings.Freshchat.AppId = account.Value.AppId;
        var draft = await saveDraft.HandleAsync(actor, null, settings, cancel);
        return draft.Succeeded ? await FinishAsync(actor, draft.Value.Id, new(), cancel, draft.Value.Version) : draft;
    }

    /// <summary>
    /// Finishes a draft (<c>POST /bots/{id}/connect</c>) as it is now: what is saved while that goes on is <c>version_mismatch</c>. After an
    /// unclear create <paramref name="choice"/> says whether the bot is there already, by its id, or whether to create it again (mammut.md 4.2).
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="choice">How to finish it.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    /// <param name="version">The version that is meant; null = whatever is there.</param>
    public async Task<Result<BotView>> FinishAsync(Actor actor, Guid id, FinishDraft choice, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(choice);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var chosen = await store.WriteAsync(db => ChooseAsync(db, id, choice, version, cancel), cancel);
        if (!chosen.Succeeded)
            return chosen.Error.With("botId", id.ToString());
        var provisioned = await ProvisionAsync(id, choice.CreateAgain, chosen.Value, isToAnswer: true, cancel);
        if (!provisioned.Succeeded)
            return provisioned.Error.With("botId", id.ToString());
        var live = await GoLiveAsync(actor, id, cancel, chosen.Value);
        return live.Succeeded ? live : live.Error.With("botId", id.ToString());
    }

    // Before Mammut is called: a bot that could not go live would be left there for nothing. Tells the version that is to go live.
    private static async Task<Result<int>> ChooseAsync(PortalDb db, Guid id, FinishDraft choice, int? version, CancellationToken cancel)
    {
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (version is not null && version != bot.Version)
            return BotErrors.VersionMismatch;
        if (await AppIdHolder.RefusalAsync(db, bot.AppId, id, cancel) is { } taken)
            return taken;
        if (choice.MammutId is not { } mammutId || mammutId == bot.MammutId)
            return bot.Version;
        if (mammutId <= 0)
            return new Error("mammut_id_invalid", "mammutId");
        if (bot.MammutIdConfirmed || bot.Status is not BotStatus.Draft)
            return BotErrors.MammutIdFixed;
        (bot.MammutId, bot.ProvisionedAt) = (mammutId, null);
        bot.Version++;
        return bot.Version;
    }

    /// <summary>
    /// Creates the bot in Mammut, or updates the existing <c>mammutId</c>; what the wizard does when the step "Bot" is left.
    /// When an earlier create is unclear it is refused (<c>mammut_create_unclear</c>) unless <paramref name="createAgain"/> is set.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="createAgain">The admin has looked, and there is none.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    public async Task<Result<BotView>> ProvisionAsync(Actor actor, Guid id, bool createAgain, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Role.Admin) ? await ProvisionAsync(id, createAgain, null, isToAnswer: false, cancel) : BotErrors.RoleTooLow(Role.Admin);
    }

    // A successor may be prepared in Mammut while its account has another bot; one that is to answer now could not, and would be left there for nothing.
    private async Task<Result<BotView>> ProvisionAsync(Guid id, bool createAgain, int? version, bool isToAnswer, CancellationToken cancel)
    {
        var found = await CheckAsync(id, version, cancel);
        if (!found.Succeeded)
            return await RefuseAsync(id, found.Error, cancel);
        if (found.Value.Status is BotStatus.Live)
            return await read.HandleAsync(id, cancel);
        if (isToAnswer && await TakenAsync(found.Value.AppId, id, cancel) is { } taken)
            return taken;
        var error = await mammut.HandleAsync(id, found.Value.Version, createAgain, cancel);
        feed.Announce(id);
        return error is null ? await read.HandleAsync(id, cancel) : error;
    }

    /// <summary>Checks everything once more and makes the bot answer. Needs a public key and a bot in Mammut.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    /// <param name="version">The version that is meant; null = whatever is there.</param>
    public async Task<Result<BotView>> GoLiveAsync(Actor actor, Guid id, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var ready = await ReadyAsync(id, version, cancel);
        if (!ready.Succeeded)
            return ready.Error;
        var bot = ready.Value;
        try
        {
            if (await store.WriteAsync(db => GoLiveAsync(db, actor, bot, cancel), cancel) is { } refused)
                return refused;
        }
        catch (DbUpdateException e) when (StorageFaults.IsBroken(e))
        {
            // Two drafts of one account went live at the same moment: the index let one of them through.
            if (await TakenAsync(bot.AppId, id, cancel) is not { } taken)
                throw;
            return taken;
        }
        feed.Announce(id);
        return await read.HandleAsync(id, cancel);
    }

    /// <summary>Asks the account once more and tells Mammut what it has not been told yet: a bot that may answer now. Roles are the caller's business.</summary>
    internal async Task<Result<Bot>> ReadyAsync(Guid id, int? version, CancellationToken cancel)
    {
        var found = await CheckAsync(id, version, cancel);
        if (!found.Succeeded)
            return (await RefuseAsync(id, found.Error, cancel)).Error!;
        var bot = found.Value;
        if (await TakenAsync(bot.AppId, id, cancel) is { } taken)
            return taken;
        // What was changed after Mammut was told has to be told again, or its copy would differ from the first minute.
        if (bot is { Status: BotStatus.Draft, MammutId: not null, ProvisionedAt: null } && await mammut.HandleAsync(id, bot.Version, false, cancel) is { } untold)
            return untold;
        return found;
    }

    /// <summary>Why a draft may not answer anybody yet; null = it may.</summary>
    /// <param name="db">Where the draft was read for writing.</param>
    /// <param name="bot">The draft as it is.</param>
    /// <param name="asked">The draft as the account was asked about it.</param>
    /// <param name="cancel">Ends the reading.</param>
    internal static async Task<Error?> RefusalAsync(PortalDb db, Bot bot, Bot asked, CancellationToken cancel)
    {
        // Other settings have been asked about, and Mammut was told others.
        if (bot.Version != asked.Version)
            return BotErrors.VersionMismatch;
        if (bot.MammutId is null)
            return new Error("mammut_missing", "mammutId");
        if (bot.Keys.Count == 0)
            return new Error("public_key_missing", "publicKeys");
        return await AppIdHolder.RefusalAsync(db, bot.AppId, bot.Id, cancel);
    }

    private async Task<Error?> GoLiveAsync(PortalDb db, Actor actor, Bot found, CancellationToken cancel)
    {
        var bot = await db.Bots.Include(b => b.Keys).FirstAsync(b => b.Id == found.Id, cancel);
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? null : BotErrors.WrongStatus(bot.Status);
        if (await RefusalAsync(db, bot, found, cancel) is { } refused)
            return refused;
        bot.Status = BotStatus.Live;
        bot.DraftState = null;
        bot.DraftErrorCode = null;
        bot.LiveSince = clock.GetUtcNow();
        bot.Version++;
        await db.TypedDrafts.Where(t => t.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        await db.Rehearsals.Where(r => r.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        BotChange.Note(db, actor, bot, BotAct.Connected, clock.GetUtcNow());
        return null;
    }

    // What was true when it was typed may be false now: every step towards live asks the account again. Tells the bot as it was asked about.
    private async Task<Result<Bot>> CheckAsync(Guid id, int? version, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? bot : BotErrors.WrongStatus(bot.Status);
        if (version is not null && version != bot.Version)
            return BotErrors.VersionMismatch;
        if (bot.Name.Length == 0)
            return BotErrors.Required("name");
        var way = BotAccount.Of(bot, secrets);
        if (!way.Succeeded)
            return way.Error;
        var account = await probe.AskAsync(way.Value, cancel);
        if (!account.Succeeded)
            return account.Error;
        var fits = CheckAgainstAccount.Whole(account.Value, bot.AppId, bot.AgentId, bot.GroupName);
        if (!fits.Succeeded)
            return fits.Error;
        return await store.WriteAsync<Result<Bot>>(
            async write =>
            {
                var kept = await write.Bots.FirstAsync(b => b.Id == id, cancel);
                if (kept.Version != bot.Version)
                    return BotErrors.VersionMismatch;
                (kept.AppId, kept.AgentName, kept.GroupId) = (account.Value.AppId, fits.Value.Agent.Name, fits.Value.Group?.Id);
                return kept;
            },
            cancel
        );
    }

    private async Task<Result<BotView>> RefuseAsync(Guid id, Error error, CancellationToken cancel)
    {
        // Nothing is wrong with what is saved now.
        if (error == BotErrors.VersionMismatch)
            return error;
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

    private async Task<Error?> TakenAsync(string appId, Guid? except, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await AppIdHolder.RefusalAsync(db, appId, except, cancel);
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
