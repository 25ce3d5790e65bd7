using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using MudBlazor;
using Portal.Components.Shared;

namespace Portal.Components.Bots.Editing;

/// <summary>The settings of a bot that is connected, as its admin changes them.</summary>
public sealed partial class SettingsForm : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    private SettingsDraft _draft = default!;
    private FreshchatProbe? _probe;
    private Error? _unanswered;
    private IReadOnlyList<BotChangeView>? _changes;
    private int? _since;
    private ElementReference _form;
    private bool _busy;
    private bool _saved;
    private bool _untold;
    private bool _refused;

    /// <summary>A form that nobody has left yet.</summary>
    public SettingsForm() => Gone = _gone.Token;

    /// <summary>The bot as the page last read it.</summary>
    [Parameter, EditorRequired]
    public BotView Bot { get; set; } = default!;

    /// <summary>Who changes it.</summary>
    [Parameter, EditorRequired]
    public Actor Actor { get; set; } = default!;

    /// <summary>It has been changed.</summary>
    [Parameter]
    public EventCallback<BotView> BotChanged { get; set; }

    [Inject]
    private ChangeBot ChangeBot { get; set; } = default!;

    [Inject]
    private FindBots FindBots { get; set; } = default!;

    [Inject]
    private FindChanges FindChanges { get; set; } = default!;

    [Inject]
    private ProbeFreshchat ProbeFreshchat { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private IJSRuntime Browser { get; set; } = default!;

    // Asked for also when the form has been left while something was under way.
    private CancellationToken Gone { get; }

    private bool MaySave => !_busy && _draft.Ready;

    // What saving does, or what it waits for.
    private string State =>
        _busy ? Text["Edit.Checking"]
        : Names(name => _draft.Problems.Any(problem => problem.Field == name)) is { Length: > 0 } refused ? Text["Edit.Refused", refused]
        : Names(_draft.Faulty.Contains) is { Length: > 0 } faulty ? Text["Edit.Faulty", faulty]
        : _draft.Undecided ? Text["Edit.Undecided"]
        : "";

    /// <summary>Says no longer that everything is saved: something else has been tried since.</summary>
    public void Unsay()
    {
        _saved = false;
        StateHasChanged();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _draft = new(Bot);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await AskAsync();
        if (!_refused || _busy)
            return;
        // Drawn by now, and no longer disabled.
        _refused = false;
        await Browser.InvokeVoidAsync("portal.toFault", _form);
    }

    private async Task AskAsync()
    {
        try
        {
            var account = await ProbeFreshchat.HandleAsync(Actor, Bot.Id, Gone);
            (_probe, _unanswered) = (account.Value, account.Error);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested) { }
    }

    // What somebody else saves shows at once, not only when one's own is refused.
    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        _draft.MammutMissed = Bot.MammutUntold;
        if (_busy || Bot.Version <= _draft.Version)
            return;
        await MeetAsync(Bot);
        // A new token may open what the old one did not.
        if (_unanswered is not null)
            await AskAsync();
    }

    private async Task SaveAsync()
    {
        if (!MaySave)
            return;
        (_busy, _saved, _untold) = (true, false, false);
        try
        {
            // What reaches the server after this press belongs to the next one.
            var sent = _draft.Copy();
            var changed = await ChangeBot.HandleAsync(Actor, Bot.Id, sent, _draft.Version, CancellationToken.None);
            if (changed.Succeeded)
                await KeptAsync(changed.Value, sent, null);
            else if (changed.Error.Code == BotErrors.VersionMismatch.Code)
                await ReadAsync(MeetAsync);
            else if (changed.Error.Arguments.ContainsKey("botId"))
                await ReadAsync(bot => KeptAsync(bot, sent, changed.Error));
            else
                _draft.Problem = changed.Error;
        }
        finally
        {
            (_busy, _refused) = (false, _draft.Problem is not null || _changes is not null);
        }
    }

    private async Task KeptAsync(BotView bot, BotSettings sent, Error? untold)
    {
        _draft.Keep(bot, sent);
        (_draft.Problem, _changes, _since) = (untold, null, null);
        (_saved, _untold) = (untold is null && !_draft.Touched, untold is not null);
        await BotChanged.InvokeAsync(bot);
    }

    private async Task ReadAsync(Func<BotView, Task> then)
    {
        var bot = await FindBots.GetAsync(Actor, Bot.Id, CancellationToken.None);
        if (bot.Succeeded)
            await then(bot.Value);
        else
            _draft.Problem = bot.Error;
    }

    private async Task MeetAsync(BotView theirs)
    {
        if (theirs.Version <= _draft.Version)
            return;
        _saved = false;
        if (!_draft.Touched)
        {
            _draft = new(theirs);
            return;
        }
        var since = _since ??= _draft.Version;
        _draft.Meet(theirs);
        _changes = (await FindChanges.SinceAsync(Actor, Bot.Id, since, CancellationToken.None)).Value ?? [];
    }

    private void Discard()
    {
        (_draft, _changes, _since) = (new(Bot), null, null);
        (_saved, _untold) = (false, false);
    }

    private async Task LeaveAsync(LocationChangingContext leaving)
    {
        // The token stands on this very page.
        var stays = Navigation.ToAbsoluteUri(leaving.TargetLocation).AbsolutePath == new Uri(Navigation.Uri).AbsolutePath;
        if (!stays && _draft.Touched && !await ConfirmDialog.AskAsync(Dialogs, Text["Leave"], Text["Leave.Consequence"], Text["Leave.Do"], destructive: true))
            leaving.PreventNavigation();
    }

    private string Names(Func<string, bool> which) => string.Join(", ", SettingsFields.Marked.Where(which).Select(new FieldWords(Text, Words).Name));

    private static bool IsMarked(Error problem) => problem.Field is { } field && SettingsFields.Marked.Contains(field);
}
