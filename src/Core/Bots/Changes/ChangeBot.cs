using Core.Bots.Accounts;
using Core.Bots.Connecting;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots.Changes;

/// <summary>Changes a bot that is connected, with the checks of connecting; Mammut is told in the same use case (portal.md 3, <c>PATCH</c>).</summary>
public sealed class ChangeBot(
    PortalStore store,
    SaveDraft saveDraft,
    ProbeFreshchat probe,
    TellMammut mammut,
    ReadBot read,
    Secrets secrets,
    ChangeFeed feed,
    TimeProvider clock,
    IOptions<OutboundOptions> outbound
)
{
    // What only the account can confirm; anything else is changed while Freshchat is down too.
    private static readonly string[] OfTheAccount = ["chatUrl", "appId", "agentId", "groupName"];

    private readonly BotSettingsValidator _validator = new(outbound.Value.AllowHttpLoopback);

    /// <summary>
    /// Replaces a bot's settings as a whole. A null token and null keys stay as they are. Nothing is kept when a value is refused; what was
    /// kept and Mammut did not take is an error too, and is sent again with the next change.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The bot.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="version">The version they were made from; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    /// <param name="cancel">Ends the checking, not the saving.</param>
    /// <param name="what">As what it is recorded.</param>
    public async Task<Result<BotView>> HandleAsync(
        Actor actor,
        Guid id,
        BotSettings settings,
        int? version,
        CancellationToken cancel,
        BotAct what = BotAct.Changed
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(settings);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var view = await read.HandleAsync(id, cancel);
        if (!view.Succeeded)
            return view;
        if (version is not null && version != view.Value.Version)
            return BotErrors.VersionMismatch;
        if (view.Value.Status is BotStatus.Draft)
            return await saveDraft.HandleAsync(actor, id, settings, cancel, view.Value.Version);
        if (view.Value.Status is BotStatus.Archived)
            return BotErrors.WrongStatus(BotStatus.Archived);
        if (BotSettingsValidator.Faults(_validator, settings) is { } fault)
            return fault;
        if (Immovable(view.Value, settings) is { } refused)
            return refused;

        var changes = BotField.Between(view.Value, settings);
        var newToken = settings.Freshchat.ApiToken is not null;
        FreshchatProbe? account = null;
        if (newToken || changes.Any(change => OfTheAccount.Contains(change.Field)))
        {
            var asked = await AskAsync(id, settings, cancel);
            if (!asked.Succeeded)
                return asked.Error;
            account = asked.Value;
            // The account tells its App ID; typing it is a comparison.
            settings.Freshchat.AppId = account.AppId;
            changes = BotField.Between(view.Value, settings);
        }
        // Whoever repeats what is kept already means Mammut too, when that has missed it.
        if (changes.Count == 0 && !newToken)
            return view.Value.MammutUntold ? await TellAsync(id, null, view.Value.Version) : view;

        var token = WriteSettings.Seal(settings.Freshchat.ApiToken, secrets);
        var kept = await store.WriteAsync(db => KeepAsync(db, actor, what, view.Value, settings, token, changes, account), CancellationToken.None);
        if (!kept.Succeeded)
            return kept.Error;
        feed.Announce(id);
        var sent = token is null ? null : FreshchatAccount.CleanToken(settings.Freshchat.ApiToken!);
        return await TellAsync(id, TellMammut.Changed(view.Value.ToSettings(), settings, sent, kept.Value.Missed), kept.Value.Version);
    }

    private async Task<Result<BotView>> TellAsync(Guid id, BotProperties? changed, int version)
    {
        var untold = await mammut.HandleAsync(id, changed, version);
        feed.Announce(id);
        return untold is null ? await read.HandleAsync(id, CancellationToken.None) : untold.With("botId", id.ToString());
    }

    // What makes the bot this bot: everything it has said belongs to one bot at Mammut, and nothing is accepted without a key or sent without a token.
    private static Error? Immovable(BotView bot, BotSettings settings) =>
        settings.Mammut.MammutId is { } mammutId && mammutId != bot.Mammut.MammutId ? BotErrors.MammutIdFixed
        : settings.Freshchat.ApiToken is { } token && string.IsNullOrWhiteSpace(token) ? BotErrors.Required("apiToken")
        : settings.Freshchat.PublicKeys is { Count: 0 } ? new Error("public_key_last", "publicKeys")
        : null;

    private async Task<Result<FreshchatProbe>> AskAsync(Guid id, BotSettings settings, CancellationToken cancel)
    {
        await using var db = store.Read();
        var bot = await db.Bots.FirstAsync(b => b.Id == id, cancel);
        var token = settings.Freshchat.ApiToken is { } typed ? FreshchatAccount.CleanToken(typed) : secrets.Reveal(bot.ProtectedToken);
        if (token is null)
            return BotErrors.TokenUnreadable;
        var account = await probe.AskAsync(new(settings.Freshchat.ChatUrl!.Trim(), token), cancel);
        if (!account.Succeeded)
            return account;
        var fits = CheckAgainstAccount.Whole(account.Value, settings.Freshchat.AppId, settings.Freshchat.AgentId, settings.Freshchat.GroupName);
        return fits.Succeeded ? account : fits.Error;
    }

    // Tells the version that came of it, and whether Mammut has missed an earlier change.
    private async Task<Result<(int Version, bool Missed)>> KeepAsync(
        PortalDb db,
        Actor actor,
        BotAct what,
        BotView before,
        BotSettings settings,
        SealedToken? token,
        IReadOnlyList<FieldChange> changes,
        FreshchatProbe? account
    )
    {
        var bot = await db.Bots.Include(b => b.Keys).Include(b => b.Sites).AsSplitQuery().FirstAsync(b => b.Id == before.Id);
        if (bot.Version != before.Version)
            return BotErrors.VersionMismatch;
        if (await AppIdHolder.RefusalAsync(db, settings.Freshchat.AppId ?? "", bot.Id, CancellationToken.None) is { } taken)
            return taken;
        var (group, hint, missed) = (bot.GroupId, bot.TokenHint, bot.IsUntold);
        WriteSettings.Onto(bot, settings, token, clock.GetUtcNow());
        bot.GroupId = group;
        if (account is not null)
        {
            bot.AgentName = CheckAgainstAccount.Agent(account, bot.AgentId).Value?.Name;
            bot.GroupId = CheckAgainstAccount.Group(account, bot.GroupName, bot.AgentId).Value?.Id;
        }
        // A name is no setting that turns depend on, but Mammut holds it as well.
        if (changes.Any(change => change.Field == "name"))
            bot.ProvisionedAt = null;
        IReadOnlyList<FieldChange> noted = token is null ? changes : [.. changes, new("apiToken", hint, token.Hint)];
        BotChange.Note(db, actor, bot, what, clock.GetUtcNow(), noted);
        return (bot.Version, missed);
    }
}
