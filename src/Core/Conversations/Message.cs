namespace Core.Conversations;

/// <summary>One message of a conversation as it came from Freshchat; what was posted by us is a <see cref="Reply"/>.</summary>
public sealed class Message
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; init; }

    /// <summary>The delivery that brought it.</summary>
    public long DeliveryId { get; init; }

    /// <summary>Freshchat's message id.</summary>
    public string? FreshchatId { get; init; }

    /// <summary>Who wrote it.</summary>
    public Author Author { get; init; }

    /// <summary>All text parts, joined by a line feed; null = no text (freshchat.md 10).</summary>
    public string? Text { get; init; }

    /// <summary>Freshchat's clock.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Episode of the conversation.</summary>
    public string? InteractionId { get; init; }

    /// <summary>The turn that answers it; null = none (yet).</summary>
    public long? TurnId { get; set; }
}

/// <summary>Who wrote a message.</summary>
public enum Author
{
    /// <summary>The customer.</summary>
    Customer,

    /// <summary>An agent of the company, to the customer.</summary>
    Person,

    /// <summary>An agent of the company, to other agents only.</summary>
    Note,

    /// <summary>The bot: the echo of our own message.</summary>
    Bot,

    /// <summary>Freshchat itself or another system.</summary>
    System,
}
