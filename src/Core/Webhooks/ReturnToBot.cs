using Core.Bots;
using Core.Conversations;

namespace Core.Webhooks;

/// <summary>The two ways in which a customer's message itself brings the bot back (freshchat.md 12.4, 12.6). Pure.</summary>
internal static class ReturnToBot
{
    /// <summary>Records what the message proves: a reopening that no event told, or hours without anybody answering.</summary>
    public static void Conclude(
        Bot bot,
        Delivery delivery,
        FreshchatEvent what,
        IReadOnlyCollection<OwnershipEvent> history,
        Action<OwnershipEvent> record,
        long conversationId
    )
    {
        // Messages of the new episode may arrive in any order: the oldest of them is its beginning. It is recorded whether or not people are
        // known to have the conversation: what took it away in an earlier episode may be told later than this.
        var known = history.Any(e =>
            e.Cause is OwnershipCause.LaterEpisode && e.InteractionId == what.InteractionId && e.At <= delivery.EventTime
        );
        if (!known && Ownership.NamesEpisode(what.InteractionId))
            record(New(OwnershipCause.LaterEpisode));
        var taken = history.Where(e => Ownership.GivesToPeople(e.Cause)).ToList();
        if (taken.Count == 0)
            return;
        if (bot.Policies.GiveBackAfterHours is not { } hours || Ownership.PeopleSince(history, delivery.EventTime) is not { } began)
            return;
        var written = taken.Where(e => e.Cause is OwnershipCause.AgentMessage && e.At >= began && e.At <= delivery.EventTime).Max(e => e.At);
        if (delivery.EventTime - (written ?? began) >= TimeSpan.FromHours(hours))
            record(New(OwnershipCause.GivenBack));

        OwnershipEvent New(OwnershipCause cause) =>
            new()
            {
                ConversationId = conversationId,
                Cause = cause,
                At = delivery.EventTime,
                InteractionId = what.InteractionId,
                DeliveryId = delivery.Id,
            };
    }
}
