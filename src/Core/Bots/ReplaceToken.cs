using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>
/// Gives a bot its account's new API token: there is only one, and a new one makes the old invalid at once (freshchat.md 2.2). Proved
/// before it is kept; the messages that a refused token held go on (mammut.md 6.6).
/// </summary>
public sealed class ReplaceToken(
    PortalStore store,
    ProbeFreshchat probe,
    MammutClient mammut,
    ReadBot read,
    Secrets secrets,
    ChangeFeed feed,
    TimeProvider clock
)
{
    /// <summary>Replaces the token of a live or paused bot. When Mammut does not take its copy the token is kept all the same; asking again repeats it.</summary>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, string? apiToken, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (await RefusedAsync(actor, id, apiToken, cancel) is { } refused)
            return refused;
        var token = WriteSettings.Seal(apiToken, secrets)!;
        var changed = await store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == id, cancel);
                if (bot.Status is not (BotStatus.Live or BotStatus.Paused))
                    return null;
                WriteSettings.Onto(bot, token);
                bot.ProvisionedAt = null;
                bot.Version++;
                return bot;
            },
            cancel
        );
        if (changed is null)
            return BotErrors.WrongStatus(BotStatus.Archived);
        feed.Announce(id);
        if (changed.MammutId is { } mammutId)
        {
            var told = await mammut.UpdateBot(mammutId, new() { FreshchatAccessToken = FreshchatAccount.CleanToken(apiToken!) }, cancel);
            if (!told.Succeeded)
                return BotErrors.Mammut(told.Failure);
            await store.WriteAsync(
                db =>
                    db.Bots.Where(b => b.Id == id && b.ProtectedToken == token.Protected)
                        .ExecuteUpdateAsync(row => row.SetProperty(b => b.ProvisionedAt, clock.GetUtcNow()), cancel),
                cancel
            );
        }
        return await read.HandleAsync(id, cancel);
    }

    private async Task<Error?> RefusedAsync(Actor actor, Guid id, string? apiToken, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (bot.Status is not (BotStatus.Live or BotStatus.Paused))
            return BotErrors.WrongStatus(bot.Status);
        var account = await probe.HandleAsync(actor, bot.ChatUrl, apiToken, cancel);
        return account.Succeeded
            ? CheckAgainstAccount.AppId(account.Value, bot.AppId) ?? CheckAgainstAccount.Agent(account.Value, bot.AgentId).Error
            : account.Error;
    }
}
