using Core.Bots;
using Core.Outcomes;
using Core.Turns;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Components.Shared;
using Portal.Hosting;

namespace Portal.Components.ConnectWizard;

// Going live, and following one message all the way and back.
public sealed partial class ConnectWizard
{
    private ProofView? _proof;
    private DateTimeOffset? _provingSince;

    [Inject]
    private FollowProof Proofs { get; set; } = default!;

    [Inject]
    private SandboxCustomer Customer { get; set; } = default!;

    [Inject]
    private PauseBot PauseBot { get; set; } = default!;

    [Inject]
    private IDialogService Dialogs { get; set; } = default!;

    // A bot that is not live answers nobody, so it goes live first and is proved then; both are said.
    private async Task GoLiveAsync()
    {
        if (!await SaveAsync())
            return;
        var live = await ConnectBot.GoLiveAsync(Actor, _draft!.Saved!.Id, CancellationToken.None);
        _draft.Problem = _draft.AtAccount(live.Error);
        if (!live.Succeeded)
            return;
        _draft.Saved = live.Value;
        await FollowAsync();
    }

    private async Task GoLiveUnprovedAsync()
    {
        if (!await ConfirmDialog.AskAsync(Dialogs, Text["GoLiveUnproved"], Text["GoLiveUnproved.Consequence"], Text["GoLiveUnproved"]))
            return;
        await DoAsync(async () =>
        {
            await GoLiveAsync();
            if (IsLive)
                Navigation.NavigateTo(PageUrls.Bot(_draft!.Saved!.Id));
        });
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
    }

    private Task WriteAsCustomerAsync() =>
        DoAsync(async () => _draft!.Problem = await Customer.WriteAsync(Gone) ? null : new Error("sandbox_silent"));

    private Task ProveAgainAsync() =>
        DoAsync(async () =>
        {
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
