using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Portal.Components.Shared;

namespace Portal.Components.ConnectWizard;

/// <summary>Leads an admin from a token to a live bot. What is typed is kept at once, every step that is left is saved.</summary>
public sealed partial class ConnectWizard : LivePage
{
    private WizardDraft? _draft;
    private IReadOnlyList<BotSummary> _unfinished = [];
    private Error? _unreadable;
    private bool _busy;
    private bool _savedNow;
    private bool _refused;
    private Guid? _opened;
    private ElementReference _heading;
    private ElementReference _form;
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
    private ShowBots ShowBots { get; set; } = default!;

    [Inject]
    private SaveDraft Drafts { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    private string Title => _draft?.Settings.Name is not { Length: > 0 } name ? Text["Title"] : HasJustGoneLive ? name : Text["TitleOf", name];

    // A live bot has nothing left to set up here, only to prove.
    private WizardStep Step =>
        IsLive ? WizardStep.Proof
        : Enum.TryParse<WizardStep>(StepName, ignoreCase: true, out var step) && Enum.IsDefined(step) ? step
        : _draft?.FirstOpen ?? default;

    private bool IsLive => _draft?.Saved?.Status is BotStatus.Live;

    // The address has just changed to a step that is not drawn yet.
    private bool IsElsewhere => _shown is { } shown && shown != Step;

    // What belongs to a field of this step stands at that field.
    private Error? ProblemElsewhere => _draft?.Problem is { } problem && WizardDraft.StepOf(problem.Field) != Step ? problem : null;

    // Shown right after going live and nowhere else: who opens the address again is led to the bot.
    private bool HasJustGoneLive => IsLive && string.Equals(StepName, JustLive, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // The page stays when one goes from a set-up to a new one; nothing of the one before may.
        if (_opened is not null && Id is null)
            await BeginAnewAsync();
        // What was begun here keeps the list of the others, or the page would jump under whoever types: it goes with the step.
        if (Id is not null && (Id != _made || IsElsewhere))
            _unfinished = [];
        // The browser's own Back leads away from a question as well.
        if (IsElsewhere && _draft is not null)
            _draft.Questioned = false;
        _opened = Id;
        await base.OnParametersSetAsync();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_draft is null)
            return;
        if (_shown == Step)
        {
            await ShowFaultAsync();
            return;
        }
        _refused = false;
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

    private async Task ShowFaultAsync()
    {
        if (!_refused || _busy)
            return;
        _refused = false;
        try
        {
            await Browser.InvokeVoidAsync("portal.toFault", Gone, _form);
        }
        catch (Exception gone) when (gone is JSException or JSDisconnectedException or OperationCanceledException) { }
    }

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
            if (_draft.Saved is null)
                await FindUnfinishedAsync();
            await LookForHolderAsync();
            return;
        }
        var saved = await FindBots.GetAsync(Actor, id, Gone);
        if (Id != id)
            return;
        if (!saved.Succeeded)
        {
            _unreadable = saved.Error;
            return;
        }
        if (saved.Value.Status is not (BotStatus.Draft or BotStatus.Live) || (saved.Value.Status is BotStatus.Live && !IsAtProof && !IsLive && !_busy))
        {
            Navigation.NavigateTo(PageUrls.Bot(id), replace: true);
            return;
        }
        await TakeAsync(saved.Value);
        if (Id != id)
            return;
        await LookForHolderAsync();
        if (Step is WizardStep.Proof)
            await FollowAsync();
        // Once refused it is asked again only when the admin says so.
        else if (_draft is { Probe: null, Problem: null } && Step is WizardStep.Agent or WizardStep.Group or WizardStep.Sites)
            await ProbeAsync();
    }

    private async Task FindUnfinishedAsync()
    {
        var drafts = await ShowBots.HandleAsync(Actor, new(new(BotStatus.Draft)), 0, UnfinishedDrafts.Most, Gone);
        _unfinished = [.. drafts.Value?.Items.Where(draft => draft.Id != _made) ?? []];
    }

    private bool IsAtProof => string.Equals(StepName, Name(WizardStep.Proof), StringComparison.OrdinalIgnoreCase);

    private Task NextAsync() =>
        DoAsync(async () =>
        {
            await LeaveAsync();
            _refused = _draft is { Problem: not null } or { Questioned: true };
        });

    private Task LeaveAsync() =>
        Step switch
        {
            WizardStep.Freshchat => LeaveFreshchatAsync(),
            WizardStep.Agent => LeaveAgentAsync(),
            WizardStep.Group => LeaveGroupAsync(),
            WizardStep.Bot => LeaveBotAsync(createAgain: false),
            WizardStep.Sites => LeaveSitesAsync(),
            WizardStep.Webhook => LeaveWebhookAsync(),
            _ => _draft!.Proved ? GoLiveAsync() : RehearseAsync(),
        };

    // Going back never asks for anything: what cannot be saved yet is kept as it was typed.
    private Task GoToAsync(WizardStep step) =>
        DoAsync(async () =>
        {
            if (step > Step)
                await SaveAndGoAsync(step);
            else if (await KeepNowAsync())
                Go(step);
        });

    // Nothing has to be right for that.
    private Task ContinueLaterAsync() =>
        DoAsync(async () =>
        {
            if (await KeepNowAsync())
                Navigation.NavigateTo(PageUrls.Bots);
        });

    private async Task SaveAndGoAsync(WizardStep step)
    {
        if (await SaveAsync())
            Go(step);
    }

    private bool Go(WizardStep step)
    {
        Navigation.NavigateTo(PageUrls.ConnectBot(_draft!.Saved!.Id, Name(step)), replace: Id is null && step == Step);
        return true;
    }

    private async Task BeginAnewAsync()
    {
        if (_due)
            await KeepLastAsync();
        _soon?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // A new one at once: what is still being asked for the one before finds it no longer there, and changes nothing.
        (_draft, _kept, _made, _shown, _unreadable) = (Actor.May(Role.Admin) ? new() : null, null, null, null, null);
        (_proof, _provingSince, _savedNow) = (null, null, false);
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

    /// <summary>In an address in place of a step: the bot has just gone live.</summary>
    private const string JustLive = "done";

    /// <summary>A step as addresses and scripts call it.</summary>
    internal static string Name(WizardStep step) => step.ToString().ToLowerInvariant();
}
