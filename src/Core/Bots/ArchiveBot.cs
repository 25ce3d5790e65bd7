using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Takes a bot out of service for good; its webhook answers 404, its history stays.</summary>
public sealed class ArchiveBot(PortalStore store, ChangeFeed feed)
{
    /// <summary>Archives a bot in whatever state. The token is forgotten: nothing will be sent for this bot again.</summary>
    public async Task<Result> HandleAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var found = await store.WriteAsync(
            async db =>
            {
                if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
                    return false;
                bot.Status = BotStatus.Archived;
                bot.DraftState = null;
                bot.ProtectedToken = null;
                bot.Version++;
                await db.TypedDrafts.Where(t => t.BotId == id).ExecuteDeleteAsync(cancel);
                return true;
            },
            cancel
        );
        if (!found)
            return BotErrors.NotFound;
        feed.Announce(id);
        return Result.Success();
    }
}
