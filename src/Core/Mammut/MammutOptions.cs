namespace Core.Mammut;

/// <summary>Who answers in Freshchat (mammut.md 6, 7).</summary>
public enum MammutMode
{
    /// <summary>The portal runs the channel over the platform's message API.</summary>
    Rooms,

    /// <summary>Mammut's cloud answers; the portal verifies and forwards.</summary>
    Relay,
}

/// <summary>Section <c>Mammut</c> (mammut.md 1.4, portal.md 2).</summary>
public sealed class MammutOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Mammut";

    /// <summary>Base of the graph API.</summary>
    public string BaseUrl { get; set; } = "https://api.mammut.io";

    /// <summary>Mode of bots that name none of their own.</summary>
    public MammutMode Mode { get; set; } = MammutMode.Rooms;

    /// <summary>How long one request may take; a read is repeated at most twice and ends after three times this long.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer is waited for with quick reads (mammut.md 6.5).</summary>
    public TimeSpan AnswerWait { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Pause between these reads.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(0.5);

    /// <summary>Silence after the bot's last text that ends the turn.</summary>
    public TimeSpan GraceWindow { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How much earlier <c>since</c> is asked.</summary>
    public TimeSpan SinceMargin { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary><c>channel</c> of the rooms (mammut.md 6.3, 9).</summary>
    public string Channel { get; set; } = "Freshchat";

    /// <summary>Target of Relay mode, a path behind <see cref="BaseUrl"/> (mammut.md 7).</summary>
    public string WebhookPath { get; set; } = "/channels/freshchat/";

    /// <summary>One header sent with every request, written <c>Name: value</c>. A secret: never shown.</summary>
    public string? ExtraHeader { get; set; }
}
