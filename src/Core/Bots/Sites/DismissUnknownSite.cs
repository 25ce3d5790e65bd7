using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Takes a value off the list of unknown sites. It is met anew when a customer's message carries it again.</summary>
public sealed class DismissUnknownSite(PortalStore store, ChangeFeed feed)
{
    /// <summary>Forgets that it was seen (operator). One that is gone already is no fault.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="botId">The bot that met it.</param>
    /// <param name="siteId">Our id of the value, as <see cref="FindUnknownSites"/> tells it.</param>
    /// <param name="cancel">Ends the saving.</param>
    public async Task<Result> HandleAsync(Actor actor, Guid botId, long siteId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        var refused = await store.WriteAsync(
            async db =>
            {
                if (!await db.Bots.AnyAsync(b => b.Id == botId, cancel))
                    return BotErrors.NotFound;
                await db.UnknownSites.Where(site => site.BotId == botId && site.Id == siteId).ExecuteDeleteAsync(cancel);
                return null;
            },
            cancel
        );
        if (refused is not null)
            return refused;
        feed.AnnounceEvents(botId);
        return Result.Success();
    }
}
