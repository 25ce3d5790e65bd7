namespace Core.Bots;

/// <summary>A bot as read: settings without secrets, and how it fares (portal.md 3).</summary>
public sealed record BotView
{
    /// <summary>Our id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name.</summary>
    public required string Name { get; init; }

    /// <summary>Draft, live, paused or archived.</summary>
    public required BotStatus Status { get; init; }

    /// <summary>Why a draft is not live.</summary>
    public DraftState? DraftState { get; init; }

    /// <summary>Code of the last failed attempt to connect.</summary>
    public string? DraftErrorCode { get; init; }

    /// <summary>The bot's own webhook address.</summary>
    public required string WebhookUrl { get; init; }

    /// <summary>The shared webhook address.</summary>
    public required string SharedWebhookUrl { get; init; }

    /// <summary>The Freshchat side.</summary>
    public required FreshchatView Freshchat { get; init; }

    /// <summary>The Mammut side.</summary>
    public required MammutSettings Mammut { get; init; }

    /// <summary>Site rules in order.</summary>
    public required IReadOnlyList<SiteRuleSettings> Sites { get; init; }

    /// <summary>Context when no rule matches.</summary>
    public string? DefaultContext { get; init; }

    /// <summary>Quiet window of this bot.</summary>
    public TimeSpan? QuietWindow { get; init; }

    /// <summary>Locale of visitors.</summary>
    public string? Locale { get; init; }

    /// <summary>Choices.</summary>
    public required BotPolicies Policies { get; init; }

    /// <summary>Texts for customers.</summary>
    public required BotMessages Messages { get; init; }

    /// <summary>First correctly signed event (our clock).</summary>
    public DateTimeOffset? FirstEventAt { get; init; }

    /// <summary>Latest one (our clock).</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>What is checked about the bot, and how it stands.</summary>
    public required IReadOnlyList<BotCheck> Health { get; init; }

    /// <summary>Webhooks refused at the door, by reason.</summary>
    public required IReadOnlyList<RejectionView> Rejected { get; init; }

    /// <summary>For <c>If-Match</c>.</summary>
    public required int Version { get; init; }
}

/// <summary>The Freshchat side as read; the token only as a hint.</summary>
public sealed record FreshchatView(
    string ChatUrl,
    string AppId,
    string? ApiTokenHint,
    string AgentId,
    string? AgentName,
    string? GroupId,
    string? GroupName,
    IReadOnlyList<KeyView> PublicKeys
);

/// <summary>A public key as read.</summary>
/// <param name="Fingerprint">SHA-256 of the key, lower-case hex.</param>
/// <param name="Bits">Size.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record KeyView(string Fingerprint, int Bits, DateTimeOffset AddedAt);

/// <summary>One health check.</summary>
/// <param name="Check">
/// Name: <c>token</c>, <c>key</c>, <c>mammut</c>, <c>group</c>, <c>events</c>, <c>freshchat</c>, <c>mammut_reachable</c>, <c>dead_letters</c>, <c>webhooks</c>.
/// </param>
/// <param name="State">How it stands.</param>
/// <param name="Code">Stable code when it is not well.</param>
/// <param name="Message">The far side's own words, shortened and without secrets; null = none.</param>
public sealed record BotCheck(string Check, CheckState State, string? Code = null, string? Message = null)
{
    /// <summary>How many things are not well, where they are counted.</summary>
    public int? Count { get; init; }
}

/// <summary>State of a health check.</summary>
public enum CheckState
{
    /// <summary>Well.</summary>
    Ok,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>The bot cannot do its work.</summary>
    Failed,
}

/// <summary>Refused webhooks of one reason.</summary>
public sealed record RejectionView(string Code, int Count, DateTimeOffset LastAt);
