using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Reads bots, as a list and one by one.</summary>
public sealed class FindBots(PortalStore store, ReadBot read, SummariseBots summarise, BotAttention attention)
{
    /// <summary>The list, by name; archived ones only when asked for. "Today" begins at midnight UTC.</summary>
    public async Task<Result<Page<BotSummary>>> ListAsync(Actor actor, BotFilter filter, int limit, string? after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(filter);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        limit = Math.Clamp(limit, 1, 200);

        await using var db = store.Read();
        var dead = await DeadLetters.CountAsync(db, cancel);
        var bots = filter.Among(db, attention, [.. dead.Keys]);
        if (Cursor.Read(after) is [var name, var id] && Guid.TryParse(id, out var lastId))
            bots = bots.Where(b => b.Name.CompareTo(name) > 0 || (b.Name == name && b.Id.CompareTo(lastId) > 0));
        var found = await bots.OrderBy(b => b.Name).ThenBy(b => b.Id).Include(b => b.Keys).Take(limit + 1).ToListAsync(cancel);
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].Name, found[limit - 1].Id.ToString()) : null;
        return new Page<BotSummary>(await summarise.HandleAsync(db, [.. found.Take(limit)], dead, summarise.Midnight, cancel), next);
    }

    /// <summary>One bot.</summary>
    public async Task<Result<BotView>> GetAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Role.Viewer) ? await read.HandleAsync(id, cancel) : BotErrors.RoleTooLow(Role.Viewer);
    }
}
