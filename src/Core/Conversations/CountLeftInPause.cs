using Core.Bots;
using Core.Bots.Changes;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Conversations;

/// <summary>
/// Counts the customers who wrote while a bot was paused and whom nobody has answered since: the bot never will (freshchat.md 10, row 0).
/// </summary>
public sealed class CountLeftInPause(PortalStore store)
{
    /// <summary>Whoever has that many to look after does not ask how many more there are.</summary>
    public const int Most = 99;

    /// <summary>How many conversations, one more than <see cref="Most"/> when there are more.</summary>
    public async Task<Result<int>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        // Most bots never were: then nothing is looked through.
        if (!await db.BotChanges.AnyAsync(c => c.BotId == botId && c.What == BotAct.Paused, cancel))
            return 0;
        return await new ConversationFilter(botId, WrittenInPause: true).Among(db).Take(Most + 1).CountAsync(cancel);
    }
}
