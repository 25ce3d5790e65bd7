using Core.Bots.Accounts;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Takes a draft the rest of its way: Mammut told, account asked again, live.</summary>
public sealed class FinishDraft(PortalStore store, ProvisionDraft provision, GoLive goLive)
{
    /// <summary>
    /// Finishes a draft (<c>POST /bots/{id}/connect</c>) as it is now: what is saved while that goes on is <c>version_mismatch</c>. After an
    /// unclear create <paramref name="choice"/> says whether the bot is there already, by its id, or whether to create it again (mammut.md 4.2).
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="choice">How to finish it.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    /// <param name="version">The version that is meant; null = whatever is there.</param>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, FinishChoice choice, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(choice);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var chosen = await store.WriteAsync(db => ChooseAsync(db, id, choice, version, cancel), cancel);
        if (!chosen.Succeeded)
            return chosen.Error.With("botId", id.ToString());
        var provisioned = await provision.ToAnswerAsync(id, choice.CreateAgain, chosen.Value, cancel);
        if (!provisioned.Succeeded)
            return provisioned.Error.With("botId", id.ToString());
        var live = await goLive.HandleAsync(actor, id, cancel, chosen.Value);
        return live.Succeeded ? live : live.Error.With("botId", id.ToString());
    }

    // Before Mammut is called: a bot that could not go live would be left there for nothing. Tells the version that is to go live.
    private static async Task<Result<int>> ChooseAsync(PortalDb db, Guid id, FinishChoice choice, int? version, CancellationToken cancel)
    {
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (version is not null && version != bot.Version)
            return BotErrors.VersionMismatch;
        if (await AppIdHolder.RefusalAsync(db, bot.AppId, id, cancel) is { } taken)
            return taken;
        if (choice.MammutId is not { } mammutId || mammutId == bot.MammutId)
            return bot.Version;
        if (mammutId <= 0)
            return new Error("mammut_id_invalid", "mammutId");
        if (bot.MammutIdConfirmed || bot.Status is not BotStatus.Draft)
            return BotErrors.MammutIdFixed;
        (bot.MammutId, bot.ProvisionedAt) = (mammutId, null);
        bot.Version++;
        return bot.Version;
    }
}

/// <summary>How to finish a draft whose create in Mammut is unclear.</summary>
public sealed class FinishChoice
{
    /// <summary>Id of the bot, when it turned out to exist in Mammut.</summary>
    public long? MammutId { get; set; }

    /// <summary>Creates it once more, after the admin has looked and found none.</summary>
    public bool CreateAgain { get; set; }
}
