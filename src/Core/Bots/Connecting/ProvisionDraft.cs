using Core.Bots.Accounts;
using Core.Outcomes;
using Core.Security;
using Core.Storage;

namespace Core.Bots.Connecting;

/// <summary>Gives a draft its bot in Mammut, after Freshchat was asked about the draft as it is now.</summary>
public sealed class ProvisionDraft(PortalStore store, CheckDraft check, ProvisionInMammut mammut, ReadBot read, ChangeFeed feed)
{
    /// <summary>
    /// Creates the bot in Mammut, or updates the existing <c>mammutId</c>; what the wizard does when the step "Bot" is left.
    /// When an earlier create is unclear it is refused (<c>mammut_create_unclear</c>) unless <paramref name="createAgain"/> is set.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="createAgain">The admin has looked, and there is none.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, bool createAgain, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Role.Admin) ? await ProvisionAsync(id, createAgain, null, isToAnswer: false, cancel) : BotErrors.RoleTooLow(Role.Admin);
    }

    /// <summary>The same for a draft that is to answer its customers next; the account must be free for it. Roles are the caller's business.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="createAgain">The admin has looked, and there is none.</param>
    /// <param name="version">The version that is meant.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    internal Task<Result<BotView>> ToAnswerAsync(Guid id, bool createAgain, int version, CancellationToken cancel) =>
        ProvisionAsync(id, createAgain, version, isToAnswer: true, cancel);

    // A successor may be prepared in Mammut while its account has another bot; one that is to answer now could not, and would be left there for nothing.
    private async Task<Result<BotView>> ProvisionAsync(Guid id, bool createAgain, int? version, bool isToAnswer, CancellationToken cancel)
    {
        var found = await check.HandleAsync(id, version, cancel);
        if (!found.Succeeded)
            return found.Error;
        if (found.Value.Status is BotStatus.Live)
            return await read.HandleAsync(id, cancel);
        if (isToAnswer && await AppIdHolder.RefusalAsync(store, found.Value.AppId, id, cancel) is { } taken)
            return taken;
        var error = await mammut.HandleAsync(id, found.Value.Version, createAgain, cancel);
        feed.Announce(id);
        return error is null ? await read.HandleAsync(id, cancel) : error;
    }
}
