using Core.Bots.Checks;
using Core.Bots.Connecting;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Listing;

/// <summary>The dashboard: any stretch of the list in the order that the reader chose, quick with ten thousand bots.</summary>
public sealed class ShowBots(PortalStore store, SummariseBots summarise, BotAttention attention)
{
    // What fits a tall screen several times.
    private const int MostAtOnce = 200;

    /// <summary>A stretch of the list.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="query">Which bots, and in which order.</param>
    /// <param name="start">How many are left out before it.</param>
    /// <param name="count">How many are wanted, at most 200.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Result<BotWindow>> HandleAsync(Actor actor, BotQuery query, int start, int count, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(query);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        var today = query.Today ?? summarise.Midnight;

        await using var db = store.Read();
        var dead = await DeadLetters.CountAsync(db, cancel);
        var matching = BegunDrafts.Among(db, query.Filter.Among(db, attention, [.. dead.Keys]));
        var total = await matching.CountAsync(cancel);
        var ids = await Ordered(db, matching, query, BotHour.Of(today))
            .Skip(Math.Max(0, start))
            .Take(Math.Clamp(count, 0, MostAtOnce))
            .ToListAsync(cancel);
        var bots = await db.Bots.Where(b => ids.Contains(b.Id)).Include(b => b.Keys).ToDictionaryAsync(b => b.Id, cancel);
        // One that went between the two readings is missing, and that is right.
        var found = ids.Where(bots.ContainsKey).Select(id => bots[id]).ToList();
        return new BotWindow(await summarise.HandleAsync(db, found, dead, today, cancel), total);
    }

    /// <summary>One bot's row.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="id">The bot.</param>
    /// <param name="today">The beginning of the reader's day.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Result<BotSummary>> OneAsync(Actor actor, Guid id, DateTimeOffset today, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (await db.Bots.Include(b => b.Keys).FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return BotErrors.NotFound;
        return (await summarise.HandleAsync(db, [bot], await DeadLetters.CountAsync(db, cancel), today, cancel))[0];
    }

    /// <summary>How many bots there are.</summary>
    public async Task<Result<BotCounts>> CountAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var byStatus = await BegunDrafts.Among(db, db.Bots).GroupBy(b => b.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        byStatus.Remove(BotStatus.Archived, out var archived);
        var dead = await DeadLetters.CountAsync(db, cancel);
        return new BotCounts(byStatus, archived, await new BotFilter(NeedsAttention: true).Among(db, attention, [.. dead.Keys]).CountAsync(cancel));
    }

    private static IQueryable<Guid> Ordered(PortalDb db, IQueryable<Bot> bots, BotQuery query, int today) =>
        query.Order switch
        {
            BotOrder.Messages => By(
                bots.LeftJoin(OfToday(db, today), b => b.Id, d => d.BotId, (b, d) => new Figure<int> { Id = b.Id, Name = b.Name, Value = (int?)d!.Messages ?? 0 }),
                query.Descending
            ),
            // In thousandths: whole numbers are ordered alike by every database.
            BotOrder.ToPeople => By(
                bots.LeftJoin(OfToday(db, today), b => b.Id, d => d.BotId, (b, d) => new Figure<int> { Id = b.Id, Name = b.Name, Value = (int?)(1000 * d!.HandedOver / d.Turns) ?? -1 }),
                query.Descending
            ),
            BotOrder.LastEvent => By(
                bots.LeftJoin(
                    db.BotActivity,
                    b => b.Id,
                    a => a.BotId,
                    (b, a) => new Figure<DateTimeOffset> { Id = b.Id, Name = b.Name, Value = a == null ? DateTimeOffset.UnixEpoch : a.LastEventAt }
                ),
                query.Descending
            ),
            _ when query.Descending => bots.OrderByDescending(b => b.Name).ThenByDescending(b => b.Id).Select(b => b.Id),
            _ => bots.OrderBy(b => b.Name).ThenBy(b => b.Id).Select(b => b.Id),
        };

    private static IQueryable<Guid> By<T>(IQueryable<Figure<T>> figures, bool descending) =>
        (descending ? figures.OrderByDescending(f => f.Value) : figures.OrderBy(f => f.Value)).ThenBy(f => f.Name).ThenBy(f => f.Id).Select(f => f.Id);

    private static IQueryable<Day> OfToday(PortalDb db, int today) =>
        db.BotHours.Where(h => h.Hour >= today)
            .GroupBy(h => h.BotId)
            .Select(g => new Day { BotId = g.Key, Messages = g.Sum(h => h.Messages), Turns = g.Sum(h => h.Turns), HandedOver = g.Sum(h => h.HandedOver) });

    private sealed class Day
    {
        public Guid BotId { get; init; }

        public int Messages { get; init; }

        public int Turns { get; init; }

        public int HandedOver { get; init; }
    }

    private sealed class Figure<T>
    {
        public Guid Id { get; init; }

        public string Name { get; init; } = "";

        public required T Value { get; init; }
    }
}

/// <summary>What the dashboard shows.</summary>
/// <param name="Filter">Which bots.</param>
/// <param name="Order">By what they are ordered; equal ones by name.</param>
/// <param name="Descending">The greatest first.</param>
/// <param name="Today">The beginning of the reader's day; null = midnight UTC.</param>
public sealed record BotQuery(BotFilter Filter, BotOrder Order = BotOrder.Name, bool Descending = false, DateTimeOffset? Today = null);

/// <summary>By what bots are ordered.</summary>
public enum BotOrder
{
    /// <summary>Name.</summary>
    Name,

    /// <summary>Customers' messages of today.</summary>
    Messages,

    /// <summary>Share of today's turns that went to people.</summary>
    ToPeople,

    /// <summary>The latest correctly signed webhook.</summary>
    LastEvent,
}

/// <summary>A stretch of the list.</summary>
/// <param name="Items">Its rows.</param>
/// <param name="Total">How many rows the whole list has.</param>
public sealed record BotWindow(IReadOnlyList<BotSummary> Items, int Total);

/// <summary>How many bots there are.</summary>
/// <param name="ByStatus">By status, archived ones left out.</param>
/// <param name="Archived">Out of service for good.</param>
/// <param name="NeedAttention">With something wrong.</param>
public sealed record BotCounts(IReadOnlyDictionary<BotStatus, int> ByStatus, int Archived, int NeedAttention);
