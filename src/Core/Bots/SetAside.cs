using System.Collections.Concurrent;

namespace Core.Bots;

/// <summary>
/// Webhooks that could not be applied and wait to be tried again: a bug, not a fault of a far side. Kept in memory alone: a restarted
/// portal tries them at once.
/// </summary>
public sealed class SetAside
{
    private readonly ConcurrentDictionary<long, (Guid BotId, DateTimeOffset Until)> _webhooks = new();

    /// <summary>How many of that bot.</summary>
    public int CountOf(Guid botId) => _webhooks.Values.Count(w => w.BotId == botId);

    /// <summary>Leaves a webhook alone until then.</summary>
    internal void Put(long deliveryId, Guid botId, DateTimeOffset until) => _webhooks[deliveryId] = (botId, until);

    /// <summary>Those that are still to be left alone at that time; the others are forgotten.</summary>
    internal IReadOnlyCollection<long> At(DateTimeOffset now)
    {
        foreach (var (id, webhook) in _webhooks)
        {
            if (webhook.Until <= now)
                _webhooks.TryRemove(id, out _);
        }
        return [.. _webhooks.Keys];
    }
}
