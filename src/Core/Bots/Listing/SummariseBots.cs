using Core.Bots.Checks;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Listing;

/// <summary>How bots fare, for the rows of a list: a few requests for all of them, none that reads the history.</summary>
public sealed class SummariseBots(BotAttention attention, TimeProvider clock)
{
    private const int Hours = 24;

    // As many as make a median; the latest are what an admin wants to know about.
    private const int ForMedian = 100;

    private readonly Func<PortalDb, Guid, DateTimeOffset, IAsyncEnumerable<Answered>> _answered = EF.CompileAsyncQuery(
        (PortalDb db, Guid botId, DateTimeOffset since) =>
            db.Turns.Where(t => t.BotId == botId && t.EndedAt >= since)
                .OrderByDescending(t => t.EndedAt)
                .Take(ForMedian)
                .Select(t => new Answered(t.CreationDate, t.Replies.Min(r => r.PostedAt)))
    );

    /// <summary>The beginning of a day where nobody says which one: midnight UTC.</summary>
    public DateTimeOffset Midnight => new(clock.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

    /// <summary>Their rows, in the same order.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="bots">The bots, with their keys.</param>
    /// <param name="dead">Conversations that wait behind something given up, by bot.</param>
    /// <param name="today">The beginning of the reader's day.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<IReadOnlyList<BotSummary>> HandleAsync(
        PortalDb db,
        IReadOnlyList<Bot> bots,
        IReadOnlyDictionary<Guid, int> dead,
        DateTimeOffset today,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(bots);
        ArgumentNullException.ThrowIfNull(dead);
        var ids = bots.Select(b => b.Id).ToList();
        var (now, midnight) = (BotHour.Of(clock.GetUtcNow()), BotHour.Of(today));
        var shown = Enumerable.Range(now - Hours + 1, Hours).ToList();
        var wanted = shown.Union(Enumerable.Range(midnight, Math.Max(0, now - midnight + 1))).ToList();
        var seen = await db.BotActivity.Where(a => ids.Contains(a.BotId)).ToDictionaryAsync(a => a.BotId, a => a.LastEventAt, cancel);
        var checkups = await db.Checkups.Where(c => ids.Contains(c.BotId)).ToDictionaryAsync(c => c.BotId, cancel);
        var hours = (await db.BotHours.Where(h => wanted.Contains(h.Hour) && ids.Contains(h.BotId)).ToListAsync(cancel)).ToLookup(h => h.BotId);
        var summaries = new List<BotSummary>(bots.Count);
        foreach (var bot in bots)
        {
            DateTimeOffset? lastEventAt = seen.TryGetValue(bot.Id, out var last) ? last : null;
            var ofToday = hours[bot.Id].Where(h => h.Hour >= midnight).ToList();
            var byHour = hours[bot.Id].ToDictionary(h => h.Hour, h => h.Messages);
            summaries.Add(
                new(
                    bot.Id,
                    bot.Name,
                    bot.Status,
                    bot.DraftState,
                    attention.Of(bot, checkups.GetValueOrDefault(bot.Id), lastEventAt, dead.GetValueOrDefault(bot.Id)),
                    bot.AppId,
                    ofToday.Sum(h => h.Turns),
                    ofToday.Sum(h => h.HandedOver),
                    ofToday.Count == 0 ? null : await MedianAsync(db, bot.Id, today, cancel),
                    lastEventAt
                )
                {
                    CreatedAt = bot.CreatedAt,
                    AgentName = bot.AgentName,
                    MessagesToday = ofToday.Sum(h => h.Messages),
                    MessagesByHour = [.. shown.Select(hour => byHour.GetValueOrDefault(hour))],
                    DeadLetters = dead.GetValueOrDefault(bot.Id),
                }
            );
        }
        return summaries;
    }

    private async Task<int?> MedianAsync(PortalDb db, Guid botId, DateTimeOffset since, CancellationToken cancel)
    {
        var times = new List<int>();
        await foreach (var turn in _answered(db, botId, since).WithCancellation(cancel))
            if (turn.PostedAt is { } posted)
                times.Add((int)(posted - turn.AskedAt).TotalMilliseconds);
        times.Sort();
        return times.Count == 0 ? null : times[times.Count / 2];
    }

    private sealed record Answered(DateTimeOffset AskedAt, DateTimeOffset? PostedAt);
}
