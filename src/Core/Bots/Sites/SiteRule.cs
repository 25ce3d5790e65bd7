namespace Core.Bots.Sites;

/// <summary>One line of a bot's ordered list site id → context (freshchat.md 13).</summary>
public sealed class SiteRule
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The bot it belongs to.</summary>
    public Guid BotId { get; init; }

    /// <summary>Place in the list, from 1.</summary>
    public int Position { get; set; }

    /// <summary>Where the value is looked for.</summary>
    public SiteSource Source { get; init; }

    /// <summary>The value to match, compared exactly after trimming.</summary>
    public string SiteId { get; init; } = "";

    /// <summary>Context the bot speaks in when the rule matches.</summary>
    public string Context { get; init; } = "";

    /// <summary>When a rule for this value was added (our clock); null = before that was written down.</summary>
    public DateTimeOffset? AddedAt { get; init; }
}

/// <summary>Where Freshchat may tell which site a customer writes from (freshchat.md 13).</summary>
public enum SiteSource
{
    /// <summary>Each of the three others, in their order.</summary>
    Any,

    /// <summary>A property of the user: <c>siteId</c>, <c>site_id</c> or <c>cf_site</c>.</summary>
    UserProperty,

    /// <summary>The topic's channel id.</summary>
    Topic,

    /// <summary>What stands before <c>:</c> in the user's reference id.</summary>
    ReferencePrefix,
}

/// <summary>A value seen in a customer's message for which no rule exists.</summary>
public sealed class UnknownSite
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The bot that met it.</summary>
    public Guid BotId { get; init; }

    /// <summary>Where it was found; never <see cref="SiteSource.Any"/>.</summary>
    public SiteSource Source { get; init; }

    /// <summary>The value.</summary>
    public string Value { get; init; } = "";

    /// <summary>How many turns carried it.</summary>
    public int Count { get; set; }

    /// <summary>The latest time.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    /// <summary>Our id of the latest conversation that carried it: the evidence.</summary>
    public long? ConversationId { get; set; }
}
