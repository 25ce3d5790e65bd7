using Core.Bots.Accounts;
using Core.Security;
using Core.Storage;

namespace Core.Bots.Accounts;

/// <summary>
/// Tells who has a Freshchat account already, while another bot is being set up for it: preparing a successor is allowed, and it should be known
/// from the beginning that both cannot answer.
/// </summary>
public sealed class FindAccountHolder(PortalStore store)
{
    /// <summary>The live or paused bot of that account; null = there is none, or who asks sets up no bots.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="appId">App ID as typed or as the account told it; null and empty = not known yet.</param>
    /// <param name="draft">The draft that asks; null = it is not saved yet.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<AccountHolder?> HandleAsync(Actor actor, string? appId, Guid? draft, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return null;
        await using var db = store.Read();
        return await AppIdHolder.FindAsync(db, appId?.Trim() ?? "", draft, cancel);
    }
}

/// <summary>The bot that has a Freshchat account: at most one, live or paused (freshchat.md 9.1).</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Its name.</param>
public sealed record AccountHolder(Guid Id, string Name);
