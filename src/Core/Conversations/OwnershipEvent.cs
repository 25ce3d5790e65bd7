namespace Core.Conversations;

/// <summary>Something that decides who owns a conversation, at a time of Freshchat's clock (freshchat.md 12.4).</summary>
public sealed class OwnershipEvent
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; init; }

    /// <summary>What happened.</summary>
    public OwnershipCause Cause { get; init; }

    /// <summary>Freshchat's clock; null = not known yet and therefore the newest of all.</summary>
    public DateTimeOffset? At { get; set; }

    /// <summary>True when Freshchat's own assignment event gave the time of our hand-over.</summary>
    public bool DatedByEvent { get; set; }

    /// <summary>Episode in which it happened, when known.</summary>
    public string? InteractionId { get; init; }

    /// <summary>The delivery that told it; null for our own acts and for what was read.</summary>
    public long? DeliveryId { get; init; }
}

/// <summary>What decides about ownership (freshchat.md 12.4).</summary>
public enum OwnershipCause
{
    /// <summary>We handed the conversation to a group.</summary>
    HandOver,

    /// <summary>The bot does not know, has no group and is set to stay silent.</summary>
    Silenced,

    /// <summary>An agent other than the bot's wrote to the customer.</summary>
    AgentMessage,

    /// <summary>The conversation was assigned to an agent other than the bot's.</summary>
    TakeOver,

    /// <summary>The conversation was resolved.</summary>
    Resolved,

    /// <summary>The conversation was reopened.</summary>
    Reopened,

    /// <summary>An agent assigned the conversation to the bot's agent.</summary>
    AssignedToBot,

    /// <summary>A customer's message of a later episode: a reopening that no event told.</summary>
    LaterEpisode,

    /// <summary>Nobody answered for the hours set on the bot.</summary>
    GivenBack,
}
