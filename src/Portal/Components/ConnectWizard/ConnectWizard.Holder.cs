using Core.Bots;
using Core.Bots.Accounts;
using Core.Storage;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.ConnectWizard;

// Who has the account already: it is told as soon as the App ID is known, and goes with the bot that has it.
public sealed partial class ConnectWizard
{
    [Inject]
    private FindAccountHolder FindAccountHolder { get; set; } = default!;

    /// <inheritdoc />
    protected override bool Concerns(Change change) => change.BotId == Id || (change.Kind is ChangeKind.Settings && change.BotId == _draft?.Holder?.Id);

    // What was a warning until then has just been the reason of a refusal, which says the same.
    private AccountHolder? RefusedHolder => ProblemElsewhere?.Code == "app_id_taken" ? _draft?.Holder : null;

    private async Task LookForHolderAsync()
    {
        var draft = _draft!;
        draft.Holder = await FindAccountHolder.HandleAsync(Actor, draft.KnownAppId, draft.Saved?.Id, Gone);
    }
}
