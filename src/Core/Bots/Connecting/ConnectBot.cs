using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation;
using Microsoft.Extensions.Options;

namespace Core.Bots.Connecting;

/// <summary>Joins a bot to its account in one call: Freshchat asked first, then a draft is saved and finished.</summary>
public sealed class ConnectBot(PortalStore store, SaveDraft saveDraft, ProbeFreshchat probe, FinishDraft finish, IOptions<OutboundOptions> outbound)
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
        if (await AppIdHolder.RefusalAsync(store, account.Value.AppId, null, cancel) is { } taken)
            return taken;

        settings.Freshchat.AppId = account.Value.AppId;
        var draft = await saveDraft.HandleAsync(actor, null, settings, cancel);
        return draft.Succeeded ? await finish.HandleAsync(actor, draft.Value.Id, new(), cancel, draft.Value.Version) : draft;
    }
}
