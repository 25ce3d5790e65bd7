using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Accounts;

/// <summary>An account has one bot among live and paused ones (freshchat.md 9.1).</summary>
internal static class AppIdHolder
{
    /// <summary>The other bot that has the account; null = it is free, or not known yet.</summary>
    /// <param name="db">Where the bots are.</param>
    /// <param name="appId">App ID of the account; empty = not known yet.</param>
    /// <param name="except">The bot that asks, which does not stand in its own way.</param>
    /// <param name="cancel">Ends the reading.</param>
    public static async Task<AccountHolder?> FindAsync(PortalDb db, string appId, Guid? except, CancellationToken cancel) =>
        appId.Length == 0
            ? null
            : await db.Bots.Where(b => b.AppId == appId && b.Id != except && (b.Status == BotStatus.Live || b.Status == BotStatus.Paused))
                .Select(b => new AccountHolder(b.Id, b.Name))
                .FirstOrDefaultAsync(cancel);

    /// <summary><c>app_id_taken</c> when another bot has the account; null = it is free, or not known yet.</summary>
    /// <inheritdoc cref="FindAsync" path="/param" />
    public static async Task<Error?> RefusalAsync(PortalDb db, string appId, Guid? except, CancellationToken cancel) =>
        await FindAsync(db, appId, except, cancel) is { } holder ? BotErrors.AppIdTaken(holder.Name) : null;

    /// <inheritdoc cref="RefusalAsync(PortalDb, string, Guid?, CancellationToken)"/>
    public static async Task<Error?> RefusalAsync(PortalStore store, string appId, Guid? except, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await RefusalAsync(db, appId, except, cancel);
    }
}
