namespace Core.Bots;

/// <summary>What webhooks tell about a bot, apart from the bot so that a message never touches the row that admins edit.</summary>
public sealed class BotActivity
{
    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>When the first correctly signed event arrived.</summary>
    public DateTimeOffset FirstEventAt { get; init; }

    /// <summary>When the latest one arrived.</summary>
    public DateTimeOffset LastEventAt { get; set; }
}

/// <summary>Webhooks refused at the door, counted by reason; their bodies are not kept (freshchat.md 9.3).</summary>
public sealed class Rejection
{
    /// <summary>The bot whose address or App ID was used.</summary>
    public Guid BotId { get; init; }

    /// <summary>Stable code, such as <c>signature_mismatch</c>.</summary>
    public string Code { get; init; } = "";

    /// <summary>How often.</summary>
    public int Count { get; set; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset LastAt { get; set; }
}
