using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Customers' messages that were left to people by what was known then, and prove to be the bot's (docs/ownership.md).</summary>
internal static class LeftToPeople
{
    /// <summary>
    /// Lets those wait for a turn again that were written after <paramref name="since"/> while the bot owned the conversation, as
    /// <paramref name="history"/> tells by now. What may have been said to the bot already is not said twice.
    /// </summary>
    /// <param name="db">Where they are stored.</param>
    /// <param name="conversationId">Our id of the conversation.</param>
    /// <param name="since">Freshchat's clock.</param>
    /// <param name="history">Everything that decides who owns it.</param>
    /// <param name="unsaved">Those that the caller's transaction has settled and not stored yet.</param>
    /// <param name="cancel">Ends the reading.</param>
    /// <returns>True when one waits again.</returns>
    public static async Task<bool> TakeUpAsync(
        PortalDb db,
        long conversationId,
        DateTimeOffset since,
        IReadOnlyCollection<OwnershipEvent> history,
        IEnumerable<Delivery> unsaved,
        CancellationToken cancel
    )
    {
        if (Ownership.Now(history) is Owner.People)
            return false;
        var stored = await db.Deliveries.Where(d =>
                d.ConversationId == conversationId
                && d.Status == DeliveryStatus.Ignored
                && d.Reason == Reasons.PeopleOwn
                && d.EventTime > since
                && (d.TurnId == null || db.Turns.Any(t => t.Id == d.TurnId && t.EndedAt != null && t.SayIntentAt == null))
            )
            .ToListAsync(cancel);
        var left = stored
            .Union(unsaved.Where(d => d.ConversationId == conversationId && d.EventTime > since))
            .Where(d => d is { Status: DeliveryStatus.Ignored, Reason: Reasons.PeopleOwn } && Ownership.At(history, d.EventTime) is Owner.Bot)
            .ToList();
        left.ForEach(d => d.Reconsider());
        return left.Count > 0;
    }
}
