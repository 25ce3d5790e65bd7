using System.Globalization;
using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Reads bots, as a list and one by one.</summary>
public sealed class FindBots(PortalStore store, ReadBot read, BotAttention attention, TimeProvider clock)
{
    // Turns of today whose answering times make the medians: the latest of a very busy day tell as much as all.
    private const int ForMedian = 10_000;

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
        var bots = Matching(db, filter, [.. dead.Keys]);
        if (Cursor.Read(after) is [var name, var id] && Guid.TryParse(id, out var lastId))
            bots = bots.Where(b => b.Name.CompareTo(name) > 0 || (b.Name == name && b.Id.CompareTo(lastId) > 0));
        var found = await bots.OrderBy(b => b.Name).ThenBy(b => b.Id).Include(b => b.Keys).Take(limit + 1).ToListAsync(cancel);
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].Name, found[limit - 1].Id.ToString()) : null;
        return new Page<BotSummary>(await SummariesAsync(db, [.. found.Take(limit)], dead, cancel), next);
    }

    /// <summary>How many bots there are by status, archived ones left out.</summary>
    public async Task<Result<IReadOnlyDictionary<BotStatus, int>>> CountAsync(Actor actor, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var counts = await db.Bots.Where(b => b.Status != BotStatus.Archived)
            .GroupBy(b => b.Status)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        return Result.Success<IReadOnlyDictionary<BotStatus, int>>(counts);
    }

    /// <summary>One bot.</summary>
    public async Task<Result<BotView>> GetAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.May(Role.Viewer) ? await read.HandleAsync(id, cancel) : BotErrors.RoleTooLow(Role.Viewer);
    }

    private IQueryable<Bot> Matching(PortalDb db, BotFilter filter, List<Guid> dead)
    {
        var bots = filter.Status is { } status ? db.Bots.Where(b => b.Status == status) : db.Bots.Where(b => b.Status != BotStatus.Archived);
        if (filter.NeedsAttention)
            bots = attention.Among(db, bots, dead);
        if (string.IsNullOrWhiteSpace(filter.Search))
            return bots;
        var part = $"%{filter.Search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
        var mammutId = long.TryParse(filter.Search.Trim(), CultureInfo.InvariantCulture, out var number) ? number : -1;
        // SQLite's own comparison knows the case of a to z alone, PostgreSQL's none at all: the small letters are compared as well.
#pragma warning disable CA1304, CA1311, CA1862 // The database changes the case, not this process.
        var small = part.ToLowerInvariant();
        return bots.Where(b =>
            EF.Functions.Like(b.Name, part, "\\")
            || EF.Functions.Like(b.Name.ToLower(), small, "\\")
            || EF.Functions.Like(b.AppId.ToLower(), small, "\\")
            || b.MammutId == mammutId
        );
#pragma warning restore CA1304, CA1311, CA1862
    }

    private async Task<IReadOnlyList<BotSummary>> SummariesAsync(PortalDb db, List<Bot> bots, Dictionary<Guid, int> dead, CancellationToken cancel)
    {
        var ids = bots.Select(b => b.Id).ToList();
        var today = new DateTimeOffset(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var seen = await db.BotActivity.Where(a => ids.Contains(a.BotId)).ToDictionaryAsync(a => a.BotId, cancel);
        var checkups = await db.Checkups.Where(c => ids.Contains(c.BotId)).ToDictionaryAsync(c => c.BotId, cancel);
        var handedOver = await db.HandOvers.Where(h => ids.Contains(h.BotId) && h.IntentAt >= today)
            .GroupBy(h => h.BotId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var turns = db.Turns.Where(t => ids.Contains(t.BotId) && t.EndedAt >= today && (!t.Relayed || t.Text != null));
        var handled = await turns.GroupBy(t => t.BotId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancel);
        var latest = await turns.OrderByDescending(t => t.EndedAt)
            .Take(ForMedian)
            .Select(t => new
            {
                t.BotId,
                t.CreationDate,
                PostedAt = t.Replies.Min(r => r.PostedAt),
            })
            .ToListAsync(cancel);
        var answered = latest.Where(t => t.PostedAt is not null).ToLookup(t => t.BotId, t => (int)(t.PostedAt!.Value - t.CreationDate).TotalMilliseconds);
        return
        [
            .. bots.Select(bot => new BotSummary(
                bot.Id,
                bot.Name,
                bot.Status,
                bot.DraftState,
                attention.Of(bot, checkups.GetValueOrDefault(bot.Id), dead.GetValueOrDefault(bot.Id)),
                bot.AppId,
                handled.GetValueOrDefault(bot.Id),
                handedOver.GetValueOrDefault(bot.Id),
                Median([.. answered[bot.Id]]),
                seen.GetValueOrDefault(bot.Id)?.LastEventAt
            )),
        ];
    }

    private static int? Median(List<int> values)
    {
        values.Sort();
        return values.Count == 0 ? null : values[values.Count / 2];
    }
}

/// <summary>Which bots.</summary>
/// <param name="Status">Only these; null = all but archived ones.</param>
/// <param name="Search">Part of name, App ID or Mammut id.</param>
/// <param name="NeedsAttention">Only those with something wrong.</param>
public sealed record BotFilter(BotStatus? Status = null, string? Search = null, bool NeedsAttention = false);
