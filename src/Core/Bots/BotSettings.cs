using Core.Bots.Sites;
using Core.Mammut;

namespace Core.Bots;

/// <summary>A bot as admins write it, by page or by API (portal.md 3). Every field may be missing in a draft, and null is as good as absent.</summary>
public class BotSettings
{
    /// <summary>Name for people and for Mammut.</summary>
    public string? Name { get; set; }

    /// <summary>The account, the agent and the group in Freshchat.</summary>
    public FreshchatSettings Freshchat { get; set => field = value ?? new(); } = new();

    /// <summary>The bot in Mammut.</summary>
    public MammutSettings Mammut { get; set => field = value ?? new(); } = new();

    /// <summary>Site rules in order.</summary>
    public List<SiteRuleSettings> Sites { get; set => field = value ?? []; } = [];

    /// <summary>Context when no rule matches.</summary>
    public string? DefaultContext { get; set; }

    /// <summary>Quiet window; null = the portal's setting.</summary>
    public TimeSpan? QuietWindow { get; set; }

    /// <summary>Locale of visitors in Mammut.</summary>
    public string? Locale { get; set; }

    /// <summary>Choices; null = the defaults.</summary>
    public BotPolicies? Policies { get; set; }

    /// <summary>Texts for customers; null = none.</summary>
    public BotMessages? Messages { get; set; }
}

/// <summary>The Freshchat side of a bot.</summary>
public sealed class FreshchatSettings
{
    /// <summary>"Chat URL" as Freshchat shows it.</summary>
    public string? ChatUrl { get; set; }

    /// <summary>App ID; null = take the one the account reports.</summary>
    public string? AppId { get; set; }

    /// <summary>API token; never read back. Null when writing again = unchanged; blank = cleared, which only a draft allows.</summary>
    public string? ApiToken { get; set; }

    /// <summary>Agent in whose name the bot speaks.</summary>
    public string? AgentId { get; set; }

    /// <summary>Group that takes over; null = none.</summary>
    public string? GroupName { get; set; }

    /// <summary>One or two public keys, in whatever shape they were copied. Null when writing again = unchanged.</summary>
    public List<string>? PublicKeys { get; set; }

    // A record would print its token.
    /// <inheritdoc />
    public override string ToString() => $"FreshchatSettings {{ ChatUrl = {ChatUrl} }}";
}

/// <summary>The Mammut side of a bot.</summary>
public sealed class MammutSettings
{
    /// <summary>Id of a bot that exists; null = create one.</summary>
    public long? MammutId { get; set; }

    /// <summary>Conversation mode; null = the portal's setting.</summary>
    public MammutMode? Mode { get; set; }
}

/// <summary>One site rule as written.</summary>
public sealed class SiteRuleSettings
{
    /// <summary>Where the value is looked for.</summary>
    public SiteSource Source { get; set; }

    /// <summary>The value to match.</summary>
    public string SiteId { get; set; } = "";

    /// <summary>The context it leads to.</summary>
    public string Context { get; set; } = "";
}
