using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Finds conversations with something to do that nobody does: after a start, after another node has gone, after a fault. A bell that
/// was not heard is made up for here.
/// </summary>
internal sealed class FindUnattended(PortalStore store, Lease lease)
{
    private const int Most = 2_000;

    public async Task<IReadOnlyList<long>> FindAsync(CancellationToken cancel)
    {
        await using var db = store.Read();
        // From what is open, which stays small however long the history grows.
        var turns = await db.Turns.Where(t => t.EndedAt == null && t.Stage != TurnStage.Held).Select(t => t.ConversationId).OrderBy(id => id).Take(Most).ToListAsync(cancel);
        // Conversations, not messages: behind one that is blocked any number of them may wait.
        var waiting = await db.Deliveries.Where(d => d.Status == DeliveryStatus.Waiting && d.TurnId == null && d.ConversationId != null)
            .Select(d => d.ConversationId!.Value)
            .Distinct()
            .Where(id =>
                db.Conversations.Any(c => c.Id == id && c.BlockedByTurnId == null)
                && !db.Turns.Any(t => t.ConversationId == id && t.EndedAt == null && t.Stage == TurnStage.Held)
            )
            .OrderBy(id => id)
            .Take(Most)
            .ToListAsync(cancel);
        // In the order of the index that has only these.
        var halted = await db.Conversations.Where(c => c.RoomHalted && c.Owner == Owner.Bot).OrderBy(c => c.RoomHalted).Select(c => c.Id).Take(Most).ToListAsync(cancel);
        var open = turns.Concat(waiting).Concat(halted).Distinct().ToList();
        if (open.Count == 0)
            return [];
        return await lease.Free(db)
            .Where(c => open.Contains(c.Id) && c.BlockedByTurnId == null && !db.Turns.Any(t => t.ConversationId == c.Id && t.EndedAt == null && t.Stage == TurnStage.Held))
            .Select(c => c.Id)
            .ToListAsync(cancel);
    }

    /// <summary>Conversations that a refused token held, now that their bot has another.</summary>
    public async Task<IReadOnlyList<long>> ReleasedAsync(CancellationToken cancel)
    {
        await using var db = store.Read();
        return await db.Turns.Where(t => t.EndedAt == null && t.Stage == TurnStage.Held && db.Bots.Any(b => b.Id == t.BotId && b.TokenRefusedAt == null))
            .Select(t => t.ConversationId)
            .OrderBy(id => id)
            .Take(Most)
            .ToListAsync(cancel);
    }
}
