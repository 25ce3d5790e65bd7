namespace Core.Bots;

/// <summary>
/// What a bot did in one hour, counted when each turn ends: the dashboard never counts turns, however many there are.
/// </summary>
public sealed class BotHour
{
    /// <summary>Hours since 1970-01-01 00:00 UTC.</summary>
    public int Hour { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>Customers' messages that were dealt with.</summary>
    public int Messages { get; init; }

    /// <summary>Turns that they made.</summary>
    public int Turns { get; init; }

    /// <summary>Turns that went to people.</summary>
    public int HandedOver { get; init; }

    /// <summary>The hour in which a time lies.</summary>
    public static int Of(DateTimeOffset time) => (int)(time.ToUnixTimeSeconds() / 3600);
}
