using Core.Bots.Accounts;
using Core.Outcomes;
using Core.Storage;

namespace Core.Bots.Connecting;

/// <summary>Whether a draft may answer somebody: all its customers (<see cref="GoLive"/>), or the one of a rehearsal (<see cref="RehearseBot"/>).</summary>
public sealed class ReadyDraft(PortalStore store, CheckDraft check, ProvisionInMammut mammut)
{
    /// <summary>Asks the account once more and tells Mammut what it has not been told yet: a bot that may answer now. Roles are the caller's business.</summary>
    internal async Task<Result<Bot>> HandleAsync(Guid id, int? version, CancellationToken cancel)
    {
        var found = await check.HandleAsync(id, version, cancel);
        if (!found.Succeeded)
            return found;
        var bot = found.Value;
        if (await AppIdHolder.RefusalAsync(store, bot.AppId, id, cancel) is { } taken)
            return taken;
        // What was changed after Mammut was told has to be told again, or its copy would differ from the first minute.
        if (bot is { Status: BotStatus.Draft, MammutId: not null, ProvisionedAt: null } && await mammut.HandleAsync(id, bot.Version, false, cancel) is { } untold)
            return untold;
        return found;
    }

    /// <summary>Why a draft may not answer anybody yet; null = it may.</summary>
    /// <param name="db">Where the draft was read for writing.</param>
    /// <param name="bot">The draft as it is.</param>
    /// <param name="asked">The draft as the account was asked about it.</param>
    /// <param name="cancel">Ends the reading.</param>
    internal static async Task<Error?> RefusalAsync(PortalDb db, Bot bot, Bot asked, CancellationToken cancel)
    {
        // Other settings have been asked about, and Mammut was told others.
        if (bot.Version != asked.Version)
            return BotErrors.VersionMismatch;
        if (bot.MammutId is null)
            return new Error("mammut_missing", "mammutId");
        if (bot.Keys.Count == 0)
            return new Error("public_key_missing", "publicKeys");
        return await AppIdHolder.RefusalAsync(db, bot.AppId, bot.Id, cancel);
    }
}
