using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Listing;

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
        limit = Page.Limit(limit);

        await using var db = store.Read();
        var dead = await DeadLetters.CountAsync(db, cancel);
        var bots = filter.Among(db, attention, [.. dead.Keys]);
        if (Cursor.Read(after) is [var name, var id] && Guid.TryParse(id, out var lastId))
            bots = bots.Where(b => b.Name.CompareTo(name) > 0 || (b.Name == name && b.Id.CompareTo(lastId) > 0));
        var found = await bots.OrderBy(b => b.Name).ThenBy(b => b.Id).Include(b => b.Keys).Take(limit + 1).ToListAsync(cancel);
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].Name, found[limit - 1].Id.ToString()) : null;
        return new Page<BotSummary>(await summarise.HandleAsync(db, [.. found.Take(limit)], dead, summarise.Midnight, cancel), next);
    }

    /// <summary>Names alone, for choosing a bot; drafts without a name are left out.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="search">Part of name, App ID or Mammut id; null = any.</param>
    /// <param name="chosen">A bot that is wanted as well, wherever its name stands.</param>
    /// <param name="limit">How many are wanted, by name, at most 500.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <param name="statuses">Only these; null = any, also archived ones: their history stays.</param>
    public async Task<Result<IReadOnlyList<BotName>>> NamesAsync(
        Actor actor,
        string? search,
        Guid? chosen,
        int limit,
        CancellationToken cancel,
        IReadOnlyCollection<BotStatus>? statuses = null
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var among = statuses is null ? db.Bots : db.Bots.Where(b => statuses.Contains(b.Status));
        var names = await Names(new BotFilter(Search: search).Named(among)).Take(Math.Clamp(limit, 1, 500)).ToListAsync(cancel);
        if (chosen is { } id && names.All(n => n.Id != id))
            names.AddRange(await Names(db.Bots.Where(b => b.Id == id)).ToListAsync(cancel));
        return Result.Success<IReadOnlyList<BotName>>(names);
    }

    /// <summary>The name of one bot, whatever it is.</summary>
    public async Task<Result<BotName>> NameAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        return await db.Bots.Where(b => b.Id == id).Select(b => new BotName(b.Id, b.Name, b.Status, b.AppId)).FirstOrDefaultAsync(cancel) is { } name
            ? name
            : BotErrors.NotFound;
    }

    /// <summary>One bot.</summary>
    public async Task<Result<BotView>> GetAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Role.Viewer) ? await read.HandleAsync(id, cancel) : BotErrors.RoleTooLow(Role.Viewer);
    }

    private static IQueryable<BotName> Names(IQueryable<Bot> bots) =>
        bots.Where(b => b.Name != "").OrderBy(b => b.Name).ThenBy(b => b.Id).Select(b => new BotName(b.Id, b.Name, b.Status, b.AppId));
}

/// <summary>A bot to choose.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Name; another bot may have the same.</param>
/// <param name="Status">Draft, live, paused or archived.</param>
/// <param name="AppId">Freshchat's App ID.</param>
public sealed record BotName(Guid Id, string Name, BotStatus Status, string AppId)
{
    /// <summary>Whether it is out of service for good.</summary>
    public bool Archived => Status is BotStatus.Archived;
}
