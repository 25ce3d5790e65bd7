using Core.Bots;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Portal.Components.Shared;

namespace Portal.Components.ConnectWizard;

/// <summary>Leads an admin from a token to a live bot; every step that is left is saved.</summary>
public sealed partial class ConnectWizard : LivePage
{
    private WizardDraft? _draft;
    private Error? _unreadable;
    private bool _busy;
    private bool _savedNow;
    private ElementReference _heading;
    private WizardStep? _shown;
    private Task _savingKey = Task.CompletedTask;

    /// <summary>The draft; null for a new one.</summary>
    [Parameter]
    public Guid? Id { get; set; }

    /// <summary>The step that the address names.</summary>
    [SupplyParameterFromQuery(Name = "step")]
    public string? StepName { get; set; }

    [Inject]
    private FindBots FindBots { get; set; } = default!;

    [Inject]
    private SaveDraft Drafts { get; set; } = default!;

    [Inject]
    private ProbeFreshchat ProbeFreshchat { get; set; } = default!;

    [Inject]
    private ConnectBot ConnectBot { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    private string Title => _draft?.Settings.Name is { Length: > 0 } name ? Text["TitleOf", name] : Text["Title"];

    private WizardStep Step =>
        Enum.TryParse<WizardStep>(StepName, ignoreCase: true, out var step) && Enum.IsDefined(step) ? step : _draft?.FirstOpen ?? default;

    // What belongs to a field of this step stands at that field.
    private Error? ProblemElsewhere => _draft?.Problem is { } problem && WizardDraft.StepOf(problem.Field) != Step ? problem : null;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_draft is null || _shown == Step)
            return;
        var moved = _shown is not null;
        _shown = Step;
        if (!moved)
            return;
        try
        {
            // On a phone the button that was pressed stands far below the heading of the next step.
            await Browser.InvokeVoidAsync("scrollTo", Gone, 0, 0);
            await _heading.FocusAsync();
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException) { }
    }

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.BotId == Id;

    /// <inheritdoc />
    protected override async Task ReadAsync()
    {
        if (!Actor.May(Role.Admin))
        {
            _unreadable = new("role_too_low");
            return;
        }
        if (Id is not { } id)
        {
            _draft ??= new();
            return;
        }
        var saved = await FindBots.GetAsync(Actor, id, Gone);
        if (!saved.Succeeded)
            _unreadable = saved.Error;
        else if (saved.Value.Status is not BotStatus.Draft)
            Navigation.NavigateTo(PageUrls.Bot(id), replace: true);
        else if (_draft?.Saved?.Id == id)
            _draft.Saved = saved.Value;
        else
            _draft = WizardDraft.From(saved.Value);
        // Once refused it is asked again only when the admin says so.
        if (_draft is { Probe: null, Problem: null } && Step is WizardStep.Agent or WizardStep.Group or WizardStep.Sites)
            await ProbeAsync();
    }

    private Task NextAsync() =>
        DoAsync(() =>
            Step switch
            {
                WizardStep.Freshchat => LeaveFreshchatAsync(),
                WizardStep.Agent => LeaveAgentAsync(),
                WizardStep.Group => LeaveGroupAsync(),
                WizardStep.Bot => LeaveBotAsync(createAgain: false),
                WizardStep.Webhook => GoLiveAsync(),
                _ => SaveAndGoAsync(Step + 1),
            }
        );

    private Task GoToAsync(WizardStep step) => DoAsync(() => SaveAndGoAsync(step));

    private Task SaveDraftAsync() =>
        DoAsync(async () =>
        {
            if (await KeepKeyAsync() && await SaveAsync())
                (_savedNow, _) = (true, Go(Step));
        });

    private Task CheckAsync() =>
        DoAsync(async () =>
        {
            await ProbeAsync();
            _draft!.Problem ??= _draft.AppIdFault;
        });

    private Task ProbeAgainAsync() => DoAsync(ProbeAsync);

    private Task CreateAgainAsync() => DoAsync(() => LeaveBotAsync(createAgain: true));

    private Task SaveKeyAsync() => _savingKey = KeepKeyAsync();

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
        await SaveAndGoAsync(WizardStep.Agent);
    }

    private Task LeaveAgentAsync()
    {
        if (!string.IsNullOrEmpty(_draft!.Settings.Freshchat.AgentId))
            return SaveAndGoAsync(WizardStep.Group);
        _draft.Problem = new Error("required", "agentId");
        return Task.CompletedTask;
    }

    // Whom the bot hands over to is a decision, so nothing is assumed.
    private Task LeaveGroupAsync()
    {
        if (_draft!.NoGroup || !string.IsNullOrEmpty(_draft.Settings.Freshchat.GroupName))
            return SaveAndGoAsync(WizardStep.Bot);
        _draft.Problem = new Error("group_undecided", "groupName");
        return Task.CompletedTask;
    }

    // Mammut is called when this step is left (mammut.md 4.2).
    private async Task LeaveBotAsync(bool createAgain)
    {
        if (string.IsNullOrWhiteSpace(_draft!.Settings.Name))
        {
            _draft.Problem = new Error("required", "name");
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
        var provisioned = await ConnectBot.ProvisionAsync(Actor, _draft.Saved!.Id, createAgain, CancellationToken.None);
        if (provisioned.Succeeded)
        {
            _draft.Confirm(provisioned.Value);
            Go(WizardStep.Sites);
            return;
        }
        _draft.Problem = _draft.AtAccount(provisioned.Error);
        _draft.Saved = (await FindBots.GetAsync(Actor, _draft.Saved.Id, Gone)).Value ?? _draft.Saved;
    }

    private async Task GoLiveAsync()
    {
        if (!await KeepKeyAsync() || !await SaveAsync())
            return;
        var live = await ConnectBot.GoLiveAsync(Actor, _draft!.Saved!.Id, CancellationToken.None);
        _draft.Problem = _draft.AtAccount(live.Error);
        if (live.Succeeded)
            Navigation.NavigateTo(PageUrls.Bot(live.Value.Id));
    }

    private async Task ProbeAsync()
    {
        var typed = _draft!.Settings.Freshchat;
        Result<FreshchatProbe> probe;
        if (_draft.HasToken)
        {
            // The saved token goes to the address as typed only after that address was saved.
            if (Step is WizardStep.Freshchat && !await SaveAsync())
                return;
            probe = await ProbeFreshchat.HandleAsync(Actor, _draft.Saved!.Id, Gone);
        }
        else
            probe = await ProbeFreshchat.HandleAsync(Actor, typed.ChatUrl, typed.ApiToken, Gone);
        (_draft.Probe, _draft.Problem) = (probe.Value, _draft.AtAccount(probe.Error));
    }

    private async Task SaveAndGoAsync(WizardStep step)
    {
        if (await SaveAsync())
            Go(step);
    }

    // What stands in the key's field is stored or refused there, whichever button is pressed.
    private async Task<bool> KeepKeyAsync()
    {
        if (Step is not WizardStep.Webhook || string.IsNullOrWhiteSpace(_draft!.KeyText))
            return true;
        var text = _draft.KeyText;
        _draft.Settings.Freshchat.PublicKeys = [text];
        var kept = await SaveAsync();
        _draft.Settings.Freshchat.PublicKeys = null;
        if (kept && _draft.KeyText == text)
            _draft.KeyText = null;
        return kept;
    }

    private async Task<bool> SaveAsync()
    {
        var saved = await Drafts.HandleAsync(Actor, _draft!.Saved?.Id, _draft.Settings, CancellationToken.None);
        _draft.Problem = saved.Error;
        if (saved.Succeeded)
            _draft.Keep(saved.Value);
        return saved.Succeeded;
    }

    private bool Go(WizardStep step)
    {
        Navigation.NavigateTo(PageUrls.ConnectBot(_draft!.Saved!.Id, Name(step)), replace: Id is null && step == Step);
        return true;
    }

    // A second press while the first is still being worked on does nothing.
    private async Task DoAsync(Func<Task> act)
    {
        if (_busy)
            return;
        (_busy, _savedNow) = (true, false);
        try
        {
            // Leaving the key's field and pressing a button are one gesture: the press waits for the key.
            await _savingKey;
            await act();
        }
        finally
        {
            _busy = false;
        }
    }

    /// <summary>A step as addresses and scripts call it.</summary>
    internal static string Name(WizardStep step) => step.ToString().ToLowerInvariant();
}
