using Core.Bots;
using Core.Bots.Changes;
using Core.Outcomes;
using Core.Security;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.Bots;

/// <summary>The settings of a bot that is connected, as its admin changes them.</summary>
public sealed partial class SettingsForm : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource _gone = new();

    // The admin's own values, in case they are chosen after all.
    private readonly Dictionary<string, BotSettings> _kept = [];

    private SettingsDraft _draft = default!;
    private FreshchatProbe? _probe;
    private Error? _unanswered;
    private IReadOnlyList<BotChangeView>? _changes;
    private IReadOnlyList<FieldConflict> _conflicts = [];
    private bool _busy;
    private bool _saved;
    private bool _untold;

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

    private bool MaySave => !_busy && _draft.Changes.Count > 0 && _conflicts.All(conflict => conflict.TakesTheirs is not null);

    /// <inheritdoc />
    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => _draft = new(Bot);

    /// <inheritdoc />
    protected override Task OnAfterRenderAsync(bool firstRender) => firstRender ? AskAsync() : Task.CompletedTask;

    private async Task AskAsync()
    {
        try
        {
            var account = await ProbeFreshchat.HandleAsync(Actor, Bot.Id, _gone.Token);
            (_probe, _unanswered) = (account.Value, account.Error);
            StateHasChanged();
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested) { }
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
        if (_draft.Unreadable is { } unreadable)
        {
            _draft.Problem = unreadable;
            return;
        }
        (_busy, _saved, _untold) = (true, false, false);
        try
        {
            var changed = await ChangeBot.HandleAsync(Actor, Bot.Id, _draft.Mine, _draft.Version, CancellationToken.None);
            if (changed.Succeeded)
                await KeptAsync(changed.Value, null);
            else if (changed.Error.Code == BotErrors.VersionMismatch.Code)
                await ReadAsync(MeetAsync);
            else if (changed.Error.Arguments.ContainsKey("botId"))
                await ReadAsync(bot => KeptAsync(bot, changed.Error));
            else
                _draft.Problem = changed.Error;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task KeptAsync(BotView bot, Error? untold)
    {
        (_draft, _changes, _conflicts) = (new(bot) { Problem = untold }, null, []);
        (_saved, _untold) = (untold is null, untold is not null);
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
        if (_draft.Changes.Count == 0)
        {
            _draft = new(theirs);
            return;
        }
        var since = _draft.Version;
        _conflicts = _draft.Meet(theirs);
        _changes = (await FindChanges.SinceAsync(Actor, Bot.Id, since, CancellationToken.None)).Value ?? [];
    }

    private void Choose((FieldConflict Conflict, bool Theirs) choice)
    {
        var (conflict, theirs) = choice;
        var mine = BotField.All.First(field => field.Name == conflict.Field);
        conflict.TakesTheirs = theirs;
        if (theirs)
        {
            _kept.TryAdd(conflict.Field, Copy(mine));
            _draft.TakeTheirs(conflict.Field);
        }
        else if (_kept.Remove(conflict.Field, out var kept))
            mine.Copy(kept, _draft.Mine);
    }

    private BotSettings Copy(BotField field)
    {
        var copy = new BotSettings();
        field.Copy(_draft.Mine, copy);
        return copy;
    }

    private void Discard() => (_draft, _changes, _conflicts, _saved, _untold) = (new(Bot), null, [], false, false);
}
