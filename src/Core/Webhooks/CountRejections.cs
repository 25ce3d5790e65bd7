using Core.Bots;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Counts refused webhooks by bot and reason, so that "it does not arrive" has an answer; their bodies are not kept.</summary>
public sealed class CountRejections(PortalStore store, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>One more.</summary>
    public async Task CountAsync(Guid botId, string code, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await store.WriteAsync(
            async db =>
            {
                var known = await db.Rejections.Where(r => r.BotId == botId && r.Code == code)
                    .ExecuteUpdateAsync(row => row.SetProperty(r => r.Count, r => r.Count + 1).SetProperty(r => r.LastAt, now), cancel);
                if (known == 0)
                    db.Add(new Rejection { BotId = botId, Code = code, Count = 1, LastAt = now });
            },
            cancel
        );
        feed.Announce(botId);
    }
}
