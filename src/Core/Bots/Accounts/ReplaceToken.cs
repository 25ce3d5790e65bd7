using Core.Bots.Changes;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Accounts;

/// <summary>
/// Gives a bot its account's new API token: there is only one, and a new one makes the old invalid at once (freshchat.md 2.2). Proved
/// before it is kept; the messages that a refused token held go on (mammut.md 6.6).
/// </summary>
public sealed class ReplaceToken(PortalStore store, ProbeFreshchat probe, TellMammut mammut, ReadBot read, Secrets secrets, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>
    /// Replaces the token of a live or paused bot. When Mammut does not take its copy the token is kept all the same; asking again repeats
    /// it.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The bot.</param>
    /// <param name="apiToken">The new token, as it was pasted.</param>
    /// <param name="cancel">Ends the checking, not the saving.</param>
    /// <param name="began">Told of each step when it begins.</param>
    /// <param name="version">The version that is meant; null = whatever is there. What is changed during the checking is <c>version_mismatch</c>.</param>
    public async Task<Result<BotView>> HandleAsync(
        Actor actor,
        Guid id,
        string? apiToken,
        CancellationToken cancel,
        Action<TokenStep>? began = null,
        int? version = null
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        began?.Invoke(TokenStep.Verify);
        var proved = await ProveAsync(actor, id, apiToken, version, cancel);
        if (!proved.Succeeded)
            return proved.Error;
        began?.Invoke(TokenStep.Save);
        var token = WriteSettings.Seal(apiToken, secrets)!;
        var kept = await store.WriteAsync<Result<(int Version, bool Missed)>>(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == id, CancellationToken.None);
                // Proved at one account it says nothing about another.
                if (bot.Version != proved.Value)
                    return BotErrors.VersionMismatch;
                var (hint, missed) = (bot.TokenHint, bot.IsUntold);
                WriteSettings.Onto(bot, token);
                bot.ProvisionedAt = null;
                bot.Version++;
                BotChange.Note(db, actor, bot, BotAct.TokenReplaced, clock.GetUtcNow(), [new("apiToken", hint, token.Hint)]);
                return (bot.Version, missed);
            },
            CancellationToken.None
        );
        if (!kept.Succeeded)
            return kept.Error;
        feed.Announce(id);
        began?.Invoke(TokenStep.TellMammut);
        var sent = new BotProperties { FreshchatAccessToken = FreshchatAccount.CleanToken(apiToken!) };
        if (await mammut.HandleAsync(id, kept.Value.Missed ? null : sent, kept.Value.Version) is { } untold)
            return untold.With("botId", id.ToString());
        began?.Invoke(TokenStep.Drain);
        return await read.HandleAsync(id, CancellationToken.None);
    }

    // Tells the version of the bot whose account has accepted the token.
    private async Task<Result<int>> ProveAsync(Actor actor, Guid id, string? apiToken, int? version, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        if (version is not null && version != bot.Version)
            return BotErrors.VersionMismatch;
        if (bot.Status is not (BotStatus.Live or BotStatus.Paused))
            return BotErrors.WrongStatus(bot.Status);
        var account = await probe.HandleAsync(actor, bot.ChatUrl, apiToken, cancel);
        if (!account.Succeeded)
            return account.Error;
        var refused = CheckAgainstAccount.AppId(account.Value, bot.AppId) ?? CheckAgainstAccount.Agent(account.Value, bot.AgentId).Error;
        return refused is null ? bot.Version : refused;
    }
}

/// <summary>Steps of replacing a token, in order.</summary>
public enum TokenStep
{
    /// <summary>The account is asked with the new token.</summary>
    Verify,

    /// <summary>It is kept, and used from then on.</summary>
    Save,

    /// <summary>Mammut gets its copy.</summary>
    TellMammut,

    /// <summary>What the old token held goes on; the workers do it.</summary>
    Drain,
}
