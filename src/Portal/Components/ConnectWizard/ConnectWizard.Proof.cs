using Core.Bots;
using Core.Bots.Connecting;
using Core.Outcomes;
using Core.Turns;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Components.Shared;
using Portal.Hosting;

namespace Portal.Components.ConnectWizard;

// Following one message all the way and back, and going live.
public sealed partial class ConnectWizard
{
    private ProofView? _proof;
    private DateTimeOffset? _provingSince;

    [Inject]
    private FollowProof Proofs { get; set; } = default!;

    [Inject]
    private SandboxCustomer Customer { get; set; } = default!;

    [Inject]
    private RehearseBot Rehearse { get; set; } = default!;

    [Inject]
    private GoLive GoLive { get; set; } = default!;

    [Inject]
    private PauseBot PauseBot { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    // From here the draft answers one conversation, that of whoever writes first.
    private async Task RehearseAsync()
    {
        if (!await SaveAsync())
            return;
        var began = await Rehearse.HandleAsync(Actor, _draft!.Saved!.Id, CancellationToken.None);
        _draft.Problem = _draft.AtAccount(began.Error);
        if (!began.Succeeded)
            return;
        (_provingSince, _proof) = (began.Value, null);
        await FollowAsync();
    }

    private async Task GoLiveAsync()
    {
        if (!_draft!.Proved && !await SaveAsync())
            return;
        var live = await GoLive.HandleAsync(Actor, _draft.Saved!.Id, CancellationToken.None);
        _draft.Problem = _draft.AtAccount(live.Error);
        if (!live.Succeeded)
            return;
        _draft.Saved = live.Value;
        Navigation.NavigateTo(PageUrls.ConnectBot(live.Value.Id, JustLive), replace: true);
    }

    private async Task GoLiveUnprovedAsync()
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, Text["GoLiveUnproved"], Text["GoLiveUnproved.Consequence"], Text["GoLiveUnproved"]))
            return;
        await DoAsync(GoLiveAsync);
    }

    private async Task FollowAsync()
    {
        var since = _provingSince;
        var proof = await Proofs.HandleAsync(Actor, _draft!.Saved!.Id, since, _proof, Gone);
        // Meanwhile another proof was begun.
        if (since != _provingSince)
            return;
        (_proof, _draft.Proved) = (proof.Value, proof.Value?.Proved is true);
        if (!proof.Succeeded)
            _draft.Problem = proof.Error;
        if (_proof?.LookAgainAt is { } at)
            ReadAgainAt(at);
    }

    private Task LookAgainAsync()
    {
        _proof = _proof?.LookAgain();
        return ReadInTurnAsync();
    }

    private Task WriteAsCustomerAsync() =>
        DoAsync(async () => _draft!.Problem = await Customer.WriteAsync(Gone) ? null : new Error("sandbox_silent"));

    private Task ProveAgainAsync() =>
        DoAsync(async () =>
        {
            if (!IsLive)
            {
                await RehearseAsync();
                return;
            }
            (_provingSince, _proof) = (Time.GetUtcNow(), null);
            await FollowAsync();
        });

    private async Task PauseAsync()
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, Text["Proof.Pause"], Text["Proof.Pause.Consequence"], Text["Proof.Pause"]))
            return;
        await DoAsync(async () =>
        {
            var paused = await PauseBot.PauseAsync(Actor, _draft!.Saved!.Id, CancellationToken.None);
            if (paused.Succeeded)
                Navigation.NavigateTo(PageUrls.Bot(paused.Value.Id));
            else
                _draft.Problem = paused.Error;
        });
    }
}
