namespace Core.Conversations;

/// <summary>What we remember about one Freshchat conversation of one bot. Its owner is the result of <see cref="Ownership"/>.</summary>
public sealed class Conversation
{
    /// <summary>
    /// <see cref="FreshchatId"/> of what is relayed and names no conversation: it is passed on in its own order, by the same rules.
    /// Never shown as a conversation.
    /// </summary>
    public const string OfNone = "";

    /// <summary>Our id.</summary>
    public long Id { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>Freshchat's id; its form varies (freshchat.md 7).</summary>
    public string FreshchatId { get; init; } = "";

    /// <summary>Freshchat's numeric id, when an event carried it; tried when the other is not found (freshchat.md 5.6).</summary>
    public string? NumericId { get; set; }

    /// <summary>Freshchat's user id of the customer.</summary>
    public string? UserId { get; set; }

    /// <summary>Topic of the latest customer message.</summary>
    public string? ChannelId { get; set; }

    /// <summary>Who answers now.</summary>
    public Owner Owner { get; set; }

    /// <summary>Whether Freshchat's own messages have been looked through since the bot last went live (freshchat.md 12.5).</summary>
    public DateTimeOffset? FirstSightAt { get; set; }

    /// <summary>Context of the latest turn.</summary>
    public string? Context { get; set; }

    /// <summary>Mammut's visitor of this conversation (mammut.md 6.2).</summary>
    public long? VisitorId { get; set; }

    /// <summary>Mammut's room of this conversation (mammut.md 6.3).</summary>
    public long? RoomId { get; set; }

    /// <summary>Context for which the room was made; another context needs another room.</summary>
    public string? RoomContext { get; set; }

    /// <summary>The room waits for <c>RemoveHaltedMark</c>; nothing may be said into it (mammut.md 8).</summary>
    public bool RoomHalted { get; set; }

    /// <summary>Shown when the bot's agent could not be released after a hand-over (freshchat.md 12.3).</summary>
    public bool PeopleMayNotSeeIt { get; set; }

    /// <summary>The turn whose hand-over failed for good: what came after it waits behind it, in order. Null = nothing blocks.</summary>
    public long? BlockedByTurnId { get; set; }

    /// <summary>Node that works on the conversation; one at a time.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>When the lease lapses (our clock).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>First time we heard of it (our clock).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Latest delivery (our clock); orders the list.</summary>
    public DateTimeOffset LastEventAt { get; set; }
}

/// <summary>Who answers the customer.</summary>
public enum Owner
{
    /// <summary>The bot.</summary>
    Bot,

    /// <summary>Agents of the company.</summary>
    People,
}
