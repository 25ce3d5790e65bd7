using Core.Bots;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>
/// Counts refused webhooks by bot and reason, so that "it does not arrive" has an answer; their bodies are not kept. Anybody can cause
/// a refusal, so they share one write at a time: a flood of them never queues up in front of valid webhooks.
/// </summary>
public sealed class CountRejections(PortalStore store, ChangeFeed feed, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private Dictionary<(Guid Bot, string Code), int> _uncounted = [];
    private bool _writing;

    /// <summary>One more. Returns when it is stored, or at once when a write is under way that will take it along.</summary>
    public async Task CountAsync(Guid botId, string code)
    {
        lock (_lock)
        {
            _uncounted[(botId, code)] = _uncounted.GetValueOrDefault((botId, code)) + 1;
            if (_writing)
                return;
            _writing = true;
        }
        try
        {
            while (Take() is { } counts)
                await StoreAsync(counts);
        }
        catch
        {
            lock (_lock)
                _writing = false;
            throw;
        }
    }

    private Dictionary<(Guid Bot, string Code), int>? Take()
    {
        lock (_lock)
        {
            var counts = _uncounted;
            _writing = counts.Count > 0;
            if (!_writing)
                return null;
            _uncounted = [];
            return counts;
        }
    }

    // The sender's patience does not matter: others' counts are in it too.
    private async Task StoreAsync(Dictionary<(Guid Bot, string Code), int> counts)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        await store.WriteLockingAsync(
            async db =>
            {
                // In one order, so that two nodes never wait for each other.
                foreach (var ((bot, code), more) in counts.OrderBy(c => c.Key.Bot).ThenBy(c => c.Key.Code, StringComparer.Ordinal))
                {
                    await db.Database.ExecuteSqlAsync(
                        $"""
                        insert into "Rejections" ("BotId", "Code", "Count", "LastAt") values ({bot}, {code}, {more}, {now})
                        on conflict ("BotId", "Code") do update set "Count" = "Rejections"."Count" + excluded."Count", "LastAt" = excluded."LastAt"
                        """
                    );
                }
                return true;
            },
            CancellationToken.None
        );
        foreach (var bot in counts.Keys.Select(k => k.Bot).Distinct())
            feed.AnnounceEvents(bot);
    }
}
