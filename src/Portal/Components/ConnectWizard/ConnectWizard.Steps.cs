using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Outcomes;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.ConnectWizard;

// What each step asks of the account and of Mammut before it is left.
public sealed partial class ConnectWizard
{
    [Inject]
    private ProbeFreshchat ProbeFreshchat { get; set; } = default!;

    [Inject]
    private ProvisionDraft ProvisionDraft { get; set; } = default!;

    [Inject]
    private ReadMammutBot ReadMammutBot { get; set; } = default!;

    [Inject]
    private PreviewProvisioning Preview { get; set; } = default!;

    private IReadOnlyList<string> Regions => ProbeFreshchat.OtherRegions(_draft?.Settings.Freshchat.ChatUrl);

    private Task CheckAsync() =>
        DoAsync(async () =>
        {
            await ProbeAsync();
            _draft!.Problem ??= _draft.AppIdFault;
        });

    private Task ProbeAgainAsync() => DoAsync(ProbeAsync);

    private Task CreateAgainAsync() => DoAsync(() => LeaveBotAsync(createAgain: true));

    private Task SaveKeyAsync() => _savingKey = KeepKeyAsync();

    private Task DropKeyAsync() =>
        DoAsync(() =>
        {
            (_draft!.KeyText, _draft.Problem) = (null, null);
            return Task.CompletedTask;
        });

    // The token goes to that one host because the admin pressed its button (freshchat.md 2.1).
    private Task TryRegionAsync(string region) =>
        DoAsync(async () =>
        {
            var asked = Account;
            var probe = asked.Token is { } token
                ? await ProbeFreshchat.HandleAsync(Actor, region, token, Gone)
                : await ProbeFreshchat.HandleAsync(Actor, _draft!.Saved!.Id, region, Gone);
            if (asked != Account)
                return;
            if (!probe.Succeeded)
            {
                _draft!.TriedRegions[region] = probe.Error;
                return;
            }
            _draft!.Forget();
            (_draft.Settings.Freshchat.ChatUrl, _draft.Probe) = (region, probe.Value);
            _draft.Problem = _draft.AppIdFault;
            await LookForHolderAsync();
        });

    private Task LookUpAsync() =>
        DoAsync(async () =>
        {
            if (_draft!.Settings.Mammut.MammutId is not { } id)
                return;
            var found = await ReadMammutBot.HandleAsync(Actor, id, _draft.Saved?.Id, Gone);
            if (_draft.Settings.Mammut.MammutId == id)
                (_draft.Existing, _draft.Problem) = (found.Value, found.Error);
        });

    private async Task LeaveFreshchatAsync()
    {
        if (_draft!.Probe is null)
            await ProbeAsync();
        if (_draft.Probe is not { } probe)
            return;
        if (_draft.AppIdFault is { } fault)
        {
            _draft.Problem = fault;
            return;
        }
        _draft.Settings.Freshchat.AppId = probe.AppId;
        // What was typed while it was being saved has not been asked about.
        if (await SaveAsync() && _draft.Probe == probe)
            Go(WizardStep.Agent);
    }

    private Task LeaveAgentAsync()
    {
        var agent = _draft!.Settings.Freshchat.AgentId;
        _draft.Problem =
            string.IsNullOrWhiteSpace(agent) ? BotErrors.Required("agentId")
            : _draft.Probe is { } account ? CheckAgainstAccount.Agent(account, agent).Error
            : null;
        if (_draft.Problem is not null || AsksFirst(_draft.Probe is { } asked && AgentDoubts.Of(asked, agent).Count > 0))
            return Task.CompletedTask;
        return SaveAndGoAsync(WizardStep.Group);
    }

    private async Task LeaveSitesAsync()
    {
        if (await SaveAsync() && !AsksFirst(_draft!.SiteFindings(Time.GetUtcNow()).Count > 0))
            Go(WizardStep.Webhook);
    }

    // A doubt forbids nothing, and is not passed unseen either: whoever goes on presses twice.
    private bool AsksFirst(bool doubtful) => _draft!.Questioned = doubtful && !_draft.Questioned;

    // Whom the bot hands over to is a decision, so nothing is assumed.
    private Task LeaveGroupAsync()
    {
        var freshchat = _draft!.Settings.Freshchat;
        _draft.Problem =
            _draft.NoGroup ? null
            : string.IsNullOrEmpty(freshchat.GroupName) ? new Error("group_undecided", "groupName")
            : _draft.Probe is { } account ? CheckAgainstAccount.Group(account, freshchat.GroupName, freshchat.AgentId).Error
            : null;
        return _draft.Problem is null ? SaveAndGoAsync(WizardStep.Bot) : Task.CompletedTask;
    }

    // Mammut is called when this step is left (mammut.md 4.2).
    private async Task LeaveBotAsync(bool createAgain)
    {
        if (string.IsNullOrWhiteSpace(_draft!.Settings.Name))
        {
            _draft.Problem = BotErrors.Required("name");
            return;
        }
        if (_draft.MammutIdFault is { } fault && !(createAgain && string.IsNullOrWhiteSpace(_draft.MammutIdText)))
        {
            _draft.Problem = fault;
            return;
        }
        var asksForNew = !_draft.JoinsExisting;
        // A new bot was asked for and there is one already: said before anything is done.
        if (!await SaveAsync() || (asksForNew && _draft.ConfirmedId is not null))
            return;
        var provisioned = await ProvisionDraft.HandleAsync(Actor, _draft.Saved!.Id, createAgain, CancellationToken.None);
        if (provisioned.Succeeded)
        {
            _draft.Confirm(provisioned.Value);
            Go(WizardStep.Sites);
            return;
        }
        _draft.Problem = _draft.AtAccount(provisioned.Error);
        _draft.Saved = (await FindBots.GetAsync(Actor, _draft.Saved.Id, Gone)).Value ?? _draft.Saved;
    }

    private async Task LeaveWebhookAsync()
    {
        if (!await KeepKeyAsync())
            return;
        if (_draft!.Saved?.Freshchat.PublicKeys is not { Count: > 0 })
            _draft.Problem = new Error("public_key_missing", "publicKeys");
        else
            await SaveAndGoAsync(WizardStep.Proof);
    }

    // Asking takes seconds, and the fields stay open: an answer about what stood there before is nobody's.
    private (string? ChatUrl, string? Token, string? SavedToken) Account =>
        (_draft!.Settings.Freshchat.ChatUrl, _draft.TypedToken, _draft.ReplacesToken ? null : _draft.Saved?.Freshchat.ApiTokenHint);

    private async Task ProbeAsync()
    {
        Result<FreshchatProbe> probe;
        var asked = Account;
        if (_draft!.TypedToken is null && _draft.HasToken)
        {
            // The saved token goes to the address as typed only after that address was saved.
            if (Step is WizardStep.Freshchat && !await SaveAsync())
                return;
            probe = await ProbeFreshchat.HandleAsync(Actor, _draft.Saved!.Id, Gone);
        }
        else
            probe = await ProbeFreshchat.HandleAsync(Actor, asked.ChatUrl, asked.Token, Gone);
        if (asked != Account)
            return;
        _draft.TriedRegions.Clear();
        (_draft.Probe, _draft.Problem) = (probe.Value, _draft.AtAccount(probe.Error));
        await LookForHolderAsync();
    }

    // What stands in the key's field is stored or refused there, whichever button is pressed.
    private async Task<bool> KeepKeyAsync()
    {
        if (Step is not WizardStep.Webhook || string.IsNullOrWhiteSpace(_draft!.KeyText))
            return true;
        var text = _draft.KeyText;
        var kept = await SaveAsync(text);
        if (kept && _draft.KeyText == text)
            _draft.KeyText = null;
        return kept;
    }
}
