namespace Core.Webhooks;

/// <summary>Section <c>Inbox</c> (portal.md 2).</summary>
public sealed class InboxOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Inbox";

    /// <summary>Messages of one customer that arrive within it, sliding, are answered as one turn.</summary>
    public TimeSpan QuietWindow { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Longest a turn waits for more messages (portal.md 2).</summary>
    public static readonly TimeSpan LongestQuiet = TimeSpan.FromSeconds(5);

    /// <summary>Attempts of one step before the conversation is handed over.</summary>
    public int MaxAttempts { get; set; } = 6;

    /// <summary>Time after the oldest message of a turn at which the conversation is handed over.</summary>
    public TimeSpan AnswerDeadline { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a node may work on a conversation without a sign of life.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(15);
}
