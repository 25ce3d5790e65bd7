namespace Core.Conversations;

/// <summary>A question the bot did not know: a "Thought Offer To Be Learned" (mammut.md 8).</summary>
public sealed class OpenQuestion
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; init; }

    /// <summary>The turn.</summary>
    public long TurnId { get; init; }

    /// <summary>Mammut's issue; unique per conversation, so an issue counts once.</summary>
    public long IssueId { get; init; }

    /// <summary>When it was met (our clock).</summary>
    public DateTimeOffset At { get; init; }
}
