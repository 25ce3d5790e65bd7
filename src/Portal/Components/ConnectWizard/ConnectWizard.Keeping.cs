using System.Text.Json;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.ConnectWizard;

// Every keystroke is kept on the server: what is typed here goes on on another device, and after a restart.
public sealed partial class ConnectWizard
{
    // Long enough for a word to be one write, short enough for nobody to notice what the last one lacks.
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);

    private readonly Guid _writer = Guid.NewGuid();
    private readonly SemaphoreSlim _writing = new(1);
    private ITimer? _soon;
    private bool _due;
    private string? _kept;

    // The draft that the first stroke made, until it has been read back.
    private Guid? _made;

    [Inject]
    private KeepTyped KeepTyped { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    [Inject]
    private ILogger<ConnectWizard> Log { get; set; } = default!;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _soon?.Dispose();
            // Whoever leaves right after the last stroke loses it as little as anybody else.
            if (_due && _draft is not null && !IsLive)
                _ = KeepLastAsync();
        }
        base.Dispose(disposing);
    }

    // Heard by the form from every field in it, and from every button that changes one.
    private void KeepSoon()
    {
        if (_due || IsLive)
            return;
        _due = true;
        _soon ??= Time.CreateTimer(_ => _ = InvokeAsync(KeepInTimeAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _soon.Change(Soon, Timeout.InfiniteTimeSpan);
    }

    private async Task KeepInTimeAsync()
    {
        try
        {
            await KeepNowAsync();
            if (Step is WizardStep.Freshchat)
                await LookForHolderAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested) { }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    }

    // Nobody is left who could be told of a failure.
    private async Task KeepLastAsync()
    {
        try
        {
            await KeepNowAsync();
        }
        catch (Exception failure)
        {
            NoteLost(Log, failure);
        }
    }

    // True = whatever the fields hold can be found again.
    private async Task<bool> KeepNowAsync()
    {
        // After what is being written, even when the wizard is left meanwhile: that may be making the draft, and nothing older may come later.
        await _writing.WaitAsync(CancellationToken.None);
        try
        {
            _due = false;
            var draft = _draft!;
            var typed = draft.Typed();
            var text = JsonSerializer.Serialize(typed);
            if (IsLive || NothingBegun || !HasUnkept)
                return true;
            var kept = await KeepTyped.HandleAsync(Actor, draft.Saved?.Id ?? _made, typed, _writer, CancellationToken.None);
            if (!kept.Succeeded)
            {
                draft.Problem = kept.Error;
                return false;
            }
            // Another set-up was begun meanwhile.
            if (draft != _draft)
                return true;
            (_kept, _savedNow, _made) = (text, true, kept.Value);
            if (draft.Saved is null && !Gone.IsCancellationRequested && (await FindBots.GetAsync(Actor, kept.Value, Gone)).Value is { } made)
            {
                draft.Saved = made;
                // Whoever has left meanwhile is not called back.
                if (!Gone.IsCancellationRequested && draft == _draft)
                    Navigation.NavigateTo(PageUrls.ConnectBot(made.Id, Name(Step)), replace: true);
            }
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    // With a public key: while it is being stored another may be typed, which waits for its turn.
    private async Task<bool> SaveAsync(string? publicKey = null)
    {
        await _writing.WaitAsync(Gone);
        var draft = _draft!;
        try
        {
            // A field that was emptied again asks for nothing: the saved token stays.
            draft.Settings.Freshchat.ApiToken = draft.TypedToken;
            draft.Settings.Freshchat.PublicKeys = publicKey is null ? null : [publicKey];
            var saved = await Drafts.HandleAsync(Actor, draft.Saved?.Id ?? _made, draft.Settings, CancellationToken.None);
            draft.Problem = saved.Error;
            if (!saved.Succeeded)
                return false;
            draft.Keep(saved.Value);
            // Another set-up was begun meanwhile.
            if (draft != _draft)
                return false;
            _kept = null;
        }
        finally
        {
            draft.Settings.Freshchat.PublicKeys = null;
            _writing.Release();
        }
        // What is no setting yet, such as half a key, is kept apart from the settings.
        KeepSoon();
        return true;
    }

    // What is stored, under what is typed here; what another device typed last is taken over when nothing is under way here.
    private async Task TakeAsync(BotView saved)
    {
        var before = _kept;
        var kept = saved.Status is BotStatus.Draft ? await KeepTyped.ReadAsync(Actor, saved.Id, Gone) : null;
        if (Id != saved.Id)
            return;
        if (_draft?.Saved?.Id != saved.Id)
        {
            _draft = WizardDraft.From(saved, kept?.Typed);
            _kept = kept is null ? null : JsonSerializer.Serialize(_draft.Typed());
            return;
        }
        var elsewhere = kept is { } other ? other.Writer != _writer : saved.Version != _draft.Saved.Version && _kept is null;
        // What was read before the last stroke was written knows nothing of it.
        var writes = _due || HasUnkept || _writing.CurrentCount == 0 || _kept != before;
        if (_busy || writes || !elsewhere || saved.Status is not BotStatus.Draft)
        {
            _draft.Saved = saved;
            return;
        }
        var taken = WizardDraft.From(saved, kept?.Typed);
        if (taken.Settings.Freshchat.ChatUrl == _draft.Settings.Freshchat.ChatUrl && taken.TokenHint == _draft.TokenHint)
            taken.Probe = _draft.Probe;
        _draft = taken;
        _kept = kept is null ? null : JsonSerializer.Serialize(taken.Typed());
    }

    // A stroke that was taken back at once makes no draft.
    private bool NothingBegun => _draft is { Saved: null } && _made is null && _draft.Typed().IsBlank;

    // A field hears a stroke before the form does.
    private bool HasUnkept => JsonSerializer.Serialize(_draft!.Typed()) != (_kept ?? AsSaved());

    private string AsSaved() => JsonSerializer.Serialize((_draft!.Saved is { } saved ? WizardDraft.From(saved) : new()).Typed());

    [LoggerMessage(Level = LogLevel.Error, Message = "What was typed last into a wizard could not be kept")]
    private static partial void NoteLost(ILogger log, Exception failure);
}
