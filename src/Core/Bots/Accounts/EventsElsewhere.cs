using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Accounts;

/// <summary>
/// Where the latest events of an account went instead of to its bot: Freshchat holds one webhook URL, and somebody has put that of a draft of the same
/// account into its place (freshchat.md 6).
/// </summary>
/// <param name="BotId">The draft at whose address they arrive.</param>
/// <param name="Name">Its name; empty = it has none yet.</param>
/// <param name="LastAt">When the latest one arrived there (our clock).</param>
/// <param name="Verified">Whether they were signed by the account; otherwise they were refused there, as with a draft that has no key yet.</param>
public sealed record EventsElsewhere(Guid BotId, string Name, DateTimeOffset LastAt, bool Verified)
{
    /// <summary>Its code, in checks and in lists.</summary>
    public const string Code = "events_elsewhere";

    /// <summary>Null = as far as is known events come here, or nowhere.</summary>
    /// <param name="db">Where to look; what webhooks left there alone is read.</param>
    /// <param name="bot">A bot; only one that is live or paused misses anything.</param>
    /// <param name="last">When the latest event arrived at its own address; null = none did.</param>
    /// <param name="cancel">Ends the reading.</param>
    internal static async Task<EventsElsewhere?> OfAsync(PortalDb db, Bot bot, DateTimeOffset? last, CancellationToken cancel)
    {
        if (bot.Status is not (BotStatus.Live or BotStatus.Paused) || bot.AppId.Length == 0)
            return null;
        // A draft can be older than the bot: what arrived there before nobody was live was missed by nobody.
        var since = last ?? bot.LiveSince ?? bot.CreatedAt;
        // From the few rows that webhooks leave to the bots, not the other way round: there is no index of drafts by account.
        var drafts = db.Bots.Where(b => b.AppId == bot.AppId && b.Status == BotStatus.Draft);
        var verified = await db.BotActivity.Where(a => a.LastEventAt > since && drafts.Any(b => b.Id == a.BotId))
            .OrderByDescending(a => a.LastEventAt)
            .Select(a => new Seen(a.BotId, a.LastEventAt))
            .FirstOrDefaultAsync(cancel);
        var refused = await db.Rejections.Where(r => r.LastAt > since && drafts.Any(b => b.Id == r.BotId))
            .OrderByDescending(r => r.LastAt)
            .Select(r => new Seen(r.BotId, r.LastAt))
            .FirstOrDefaultAsync(cancel);
        return (verified ?? refused) is { } seen
            ? new(seen.BotId, await db.Bots.Where(b => b.Id == seen.BotId).Select(b => b.Name).FirstAsync(cancel), seen.At, verified is not null)
            : null;
    }

    private sealed record Seen(Guid BotId, DateTimeOffset At);
}
