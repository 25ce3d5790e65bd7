using System.Globalization;

namespace Core.Conversations;

/// <summary>Puts everything that was said and happened in a conversation into one order for reading; pure.</summary>
internal static class Timeline
{
    public static IReadOnlyList<TimelineEntry> Of(
        IReadOnlyCollection<Turn> turns,
        IReadOnlyCollection<Message> messages,
        IReadOnlyCollection<OwnershipEvent> owned
    )
    {
        var replies = turns.SelectMany(t => t.Replies).ToList();
        var posted = replies.Select(r => r.FreshchatMessageId).OfType<string>().ToHashSet();
        var entries = new List<TimelineEntry>();
        // The echo of our own reply is the reply; only what the bot's agent wrote elsewhere stands on its own.
        entries.AddRange(messages.Where(m => m.Author is not Author.System && !(m.FreshchatId is { } id && posted.Contains(id))).Select(Said));
        entries.AddRange(turns.SelectMany(t => t.Replies.Select(r => Replied(t, r))));
        entries.AddRange(
            turns.Where(t => t.HandOver is not null)
                .Select(t => new TimelineEntry(
                    t.HandOver!.IntentAt,
                    t.HandOver.Verdict is null ? TimelineKind.HandingOver : TimelineKind.HandedOver,
                    t.HandOver.Reason,
                    t.HandOver.GroupName,
                    Id(t.Id)
                ))
        );
        entries.AddRange(
            owned.Where(e => e is { At: not null, Cause: not (OwnershipCause.HandOver or OwnershipCause.AgentMessage) } && Matters(e, owned))
                .Select(e => new TimelineEntry(e.At!.Value, TimelineKind.OwnerChanged, null, e.Cause.ToString()))
        );
        return [.. entries.OrderBy(e => e.At)];
    }

    // A later episode is worth a line only where it brought the bot back; usually an event has told the reopening already.
    private static bool Matters(OwnershipEvent e, IReadOnlyCollection<OwnershipEvent> owned) =>
        e.Cause is not OwnershipCause.LaterEpisode || Ownership.Now(owned.Where(other => other.Id != e.Id && other.At <= e.At)) is Owner.People;

    private static TimelineEntry Said(Message message)
    {
        var kind = message.Author switch
        {
            Author.Customer => TimelineKind.Customer,
            Author.Person => TimelineKind.Person,
            Author.Note => TimelineKind.Note,
            _ => TimelineKind.Bot,
        };
        return new(message.CreatedAt, kind, message.Text, null, message.TurnId is { } turn ? Id(turn) : null, Id(message.DeliveryId));
    }

    private static TimelineEntry Replied(Turn turn, Reply reply) =>
        new(
            reply.PostedAt ?? reply.IntentAt ?? turn.StartedAt,
            TimelineKind.Bot,
            reply.Text,
            reply.State is ReplyState.Sent ? null : reply.State.ToString(),
            Id(turn.Id)
        );

    private static string Id(long id) => id.ToString(CultureInfo.InvariantCulture);
}
