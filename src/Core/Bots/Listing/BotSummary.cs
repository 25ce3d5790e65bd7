namespace Core.Bots.Listing;

/// <summary>A row of the dashboard.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Name">Name.</param>
/// <param name="Status">Draft, live, paused or archived.</param>
/// <param name="DraftState">Why a draft is not live.</param>
/// <param name="Attention">Code of the worst that is wrong; null = nothing.</param>
/// <param name="AppId">Freshchat's App ID.</param>
/// <param name="HandledToday">Turns since the beginning of the reader's day.</param>
/// <param name="HandedOverToday">Those of them that went to people.</param>
/// <param name="MedianReplyMilliseconds">From the customer's message to the first reply, the latest hundred of the day; null = none.</param>
/// <param name="LastEventAt">The latest correctly signed webhook.</param>
public sealed record BotSummary(
    Guid Id,
    string Name,
    BotStatus Status,
    DraftState? DraftState,
    string? Attention,
    string AppId,
    int HandledToday,
    int HandedOverToday,
    int? MedianReplyMilliseconds,
    DateTimeOffset? LastEventAt
)
{
    /// <summary>When its set-up was begun.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The agent in whose name it speaks, once known.</summary>
    public string? AgentName { get; init; }

    /// <summary>Customers' messages that were dealt with since the beginning of the reader's day.</summary>
    public int MessagesToday { get; init; }

    /// <summary>The same by hour, the latest 24, oldest first.</summary>
    public IReadOnlyList<int> MessagesByHour { get; init; } = [];

    /// <summary>Conversations that wait behind something given up.</summary>
    public int DeadLetters { get; init; }
}
