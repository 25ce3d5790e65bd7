using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Asks the account about a draft once more; what it refuses is kept with the draft, for the list of bots.</summary>
public sealed class CheckDraft(PortalStore store, ProbeFreshchat probe, Secrets secrets, ChangeFeed feed)
{
    /// <summary>What was true when it was typed may be false now: every step towards live asks the account again.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="version">The version that is meant; null = whatever is there.</param>
    /// <param name="cancel">Ends the checking.</param>
    /// <returns>The bot as the account was asked about it.</returns>
    internal async Task<Result<Bot>> HandleAsync(Guid id, int? version, CancellationToken cancel)
    {
        var found = await CheckAsync(id, version, cancel);
        // After a version mismatch nothing is wrong with what is saved now.
        if (!found.Succeeded && found.Error != BotErrors.VersionMismatch)
            await KeepAsync(id, found.Error, cancel);
        return found;
    }

    private async Task<Result<Bot>> CheckAsync(Guid id, int? version, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? bot : BotErrors.WrongStatus(bot.Status);
        if (version is not null && version != bot.Version)
            return BotErrors.VersionMismatch;
        if (bot.Name.Length == 0)
            return BotErrors.Required("name");
        var way = BotAccount.Of(bot, secrets);
        if (!way.Succeeded)
            return way.Error;
        var account = await probe.AskAsync(way.Value, cancel);
        if (!account.Succeeded)
            return account.Error;
        var fits = CheckAgainstAccount.Whole(account.Value, bot.AppId, bot.AgentId, bot.GroupName);
        if (!fits.Succeeded)
            return fits.Error;
        return await store.WriteAsync<Result<Bot>>(
            async write =>
            {
                var kept = await write.Bots.FirstAsync(b => b.Id == id, cancel);
                if (kept.Version != bot.Version)
                    return BotErrors.VersionMismatch;
                (kept.AppId, kept.AgentName, kept.GroupId) = (account.Value.AppId, fits.Value.Agent.Name, fits.Value.Group?.Id);
                return kept;
            },
            cancel
        );
    }

    private async Task KeepAsync(Guid id, Error error, CancellationToken cancel)
    {
        await store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstOrDefaultAsync(b => b.Id == id && b.Status == BotStatus.Draft, cancel);
                if (bot is null or { DraftState: DraftState.MammutCreateUnclear })
                    return;
                bot.DraftState = DraftState.Failed;
                bot.DraftErrorCode = error.Code;
            },
            cancel
        );
        feed.Announce(id);
    }
}
