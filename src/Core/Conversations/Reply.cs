namespace Core.Conversations;

/// <summary>One text of the bot for the customer = one Freshchat message (freshchat.md 11).</summary>
public sealed class Reply
{
    /// <summary>Row id; grows in the order of sending.</summary>
    public long Id { get; init; }

    /// <summary>The turn.</summary>
    public long TurnId { get; init; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; init; }

    /// <summary>Mammut's thought; null for the portal's own texts. Unique per conversation, so no text is taken twice.</summary>
    public long? ThoughtId { get; init; }

    /// <summary>Which of the portal's own texts it is; null for the bot's. Each is said once per episode (freshchat.md 12.6).</summary>
    public Notice? Notice { get; init; }

    /// <summary>What the customer reads.</summary>
    public string Text { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public ReplyState State { get; set; }

    /// <summary>When sending began (our clock), committed before the request.</summary>
    public DateTimeOffset? IntentAt { get; set; }

    /// <summary>Freshchat's message id.</summary>
    public string? FreshchatMessageId { get; set; }

    /// <summary>Freshchat's <c>created_time</c> of the message.</summary>
    public DateTimeOffset? PostedAt { get; set; }

    /// <summary>Stable code of what stopped it.</summary>
    public string? ErrorCode { get; set; }
}

/// <summary>What the customer is told when people take over (freshchat.md 12.6).</summary>
public enum Notice
{
    /// <summary>The bot does not know, or cannot read the content.</summary>
    HandOver,

    /// <summary>The bot does not answer.</summary>
    Unavailable,
}

/// <summary>Pending → Sending → Sent, Refused or Stopped; Sending after a failure means: look before sending again.</summary>
public enum ReplyState
{
    /// <summary>Not tried yet.</summary>
    Pending,

    /// <summary>Asked Freshchat; the answer is not known.</summary>
    Sending,

    /// <summary>Freshchat has it.</summary>
    Sent,

    /// <summary>Freshchat refused it for good.</summary>
    Refused,

    /// <summary>Never sent: people took over, the bot was paused, or the turn ended otherwise.</summary>
    Stopped,
}

/// <summary>Why and to whom a turn was handed over (freshchat.md 12).</summary>
public sealed class HandOver
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The turn that led to it.</summary>
    public long TurnId { get; init; }

    /// <summary>The conversation.</summary>
    public long ConversationId { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>Group asked for; changes only when the group was made anew under its name.</summary>
    public string? GroupId { get; set; }

    /// <summary>Name of the group at that time, for people.</summary>
    public string? GroupName { get; init; }

    /// <summary>Code of portal.md 3.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Mammut's issue that caused it; an issue makes one hand-over.</summary>
    public long? IssueId { get; init; }

    /// <summary>When it was decided (our clock), committed before the request.</summary>
    public DateTimeOffset IntentAt { get; init; }

    /// <summary>When reading back confirmed it (our clock).</summary>
    public DateTimeOffset? ConfirmedAt { get; set; }

    /// <summary>What reading back showed (freshchat.md 12.3).</summary>
    public HandOverVerdict? Verdict { get; set; }
}

/// <summary>What the read-back after a hand-over shows (freshchat.md 12.3).</summary>
public enum HandOverVerdict
{
    /// <summary>Our group, no agent or another agent.</summary>
    Done,

    /// <summary>Our group, but the bot's agent is still assigned.</summary>
    BotAgentClings,

    /// <summary>Another agent has it.</summary>
    AgentHasIt,

    /// <summary>A rule put it into another group.</summary>
    Overridden,

    /// <summary>No group: not handed over.</summary>
    NotAssigned,
}

/// <summary>One request to a far side on behalf of a turn.</summary>
public sealed class TurnCall
{
    /// <summary>Row id, in order.</summary>
    public long Id { get; init; }

    /// <summary>The turn.</summary>
    public long TurnId { get; init; }

    /// <summary>What was asked: <c>mammut.say</c>, <c>mammut.listen</c>, <c>freshchat.reply</c>, <c>freshchat.assign</c> and so on.</summary>
    public string Step { get; init; } = "";

    /// <summary>When it began (our clock).</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public int Milliseconds { get; init; }

    /// <summary>HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Stable code of the failure; null = success.</summary>
    public string? Code { get; init; }
}
