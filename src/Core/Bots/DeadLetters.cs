using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Conversations that wait behind something given up, by bot. Few at any time, and found by an index that holds no others.</summary>
internal static class DeadLetters
{
    public static Task<Dictionary<Guid, int>> CountAsync(PortalDb db, CancellationToken cancel) =>
        db.Conversations.Where(c => c.BlockedByTurnId != null)
            .GroupBy(c => c.BotId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count, cancel);

    /// <summary>Of one bot.</summary>
    public static Task<int> CountAsync(PortalDb db, Guid botId, CancellationToken cancel) =>
        db.Conversations.CountAsync(c => c.BlockedByTurnId != null && c.BotId == botId, cancel);
}
