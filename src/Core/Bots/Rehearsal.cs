namespace Core.Bots;

/// <summary>
/// A draft is being proved: it answers in one conversation, that of the first customer who writes after it began, and in no other (freshchat.md 10, row 0).
/// It lies apart from the bot, because a customer's message joins it and only an admin changes a bot.
/// </summary>
public sealed class Rehearsal
{
    /// <summary>How long a draft answers after it began: whoever leaves the set-up leaves no bot behind that talks.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    /// <summary>The draft.</summary>
    public Guid BotId { get; init; }

    /// <summary>When it began (our clock).</summary>
    public DateTimeOffset BeganAt { get; set; }

    /// <summary>The conversation that it answers; null = nobody has written yet.</summary>
    public long? ConversationId { get; set; }
}
