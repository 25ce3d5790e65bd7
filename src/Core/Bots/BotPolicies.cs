namespace Core.Bots;

/// <summary>Per-bot choices (portal.md 3, <c>policies</c>).</summary>
public sealed record BotPolicies
{
    /// <summary>What happens to a question the bot does not know when no group is set (freshchat.md 12.1).</summary>
    public WithoutGroup WithoutGroup { get; init; }

    /// <summary>What an assignment by Freshchat's own rules means (freshchat.md 12.4).</summary>
    public SystemAssignment SystemAssignment { get; init; }

    /// <summary>What happens to a turn without any text (freshchat.md 10).</summary>
    public NoText NoText { get; init; }

    /// <summary>Hours without a person's message after which the bot is back; null = never (freshchat.md 12.6).</summary>
    public int? GiveBackAfterHours { get; init; }
}

/// <summary>Without a group nothing is assigned.</summary>
public enum WithoutGroup
{
    /// <summary>The bot goes on answering.</summary>
    StayActive,

    /// <summary>The bot falls silent until the conversation is resolved.</summary>
    StaySilent,
}

/// <summary>IntelliAssign and rules assign chats without anybody having taken over.</summary>
public enum SystemAssignment
{
    /// <summary>Recorded only.</summary>
    Ignore,

    /// <summary>Counts as people taking over.</summary>
    TakeOver,
}

/// <summary>Images, files and the like.</summary>
public enum NoText
{
    /// <summary>Hand over to people with reason <c>unsupported_content</c>.</summary>
    HandOver,

    /// <summary>Keep it and stay silent.</summary>
    Ignore,
}

/// <summary>Optional texts for the customer, by language (freshchat.md 12.6).</summary>
public sealed record BotMessages
{
    /// <summary>Said when the bot does not know or cannot read the content.</summary>
    public BilingualText HandOver { get; init => field = value ?? new(); } = new();

    /// <summary>Said when the bot does not answer at all.</summary>
    public BilingualText Unavailable { get; init => field = value ?? new(); } = new();
}

/// <summary>One text in Spanish and English; null or empty = nothing is said.</summary>
public sealed record BilingualText
{
    /// <summary>Spanish.</summary>
    public string? Es { get; init; }

    /// <summary>English.</summary>
    public string? En { get; init; }
}
