using Core.Bots.Accounts;
using Core.Bots.Checks;

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

    /// <summary>Where the account's events go instead of to this bot; null = nowhere, as far as is known.</summary>
    public EventsElsewhere? EventsElsewhere { get; init; }

    /// <summary>What is checked about the bot, and how it stands.</summary>
    public required IReadOnlyList<BotCheck> Health { get; init; }

    /// <summary>Webhooks refused at the door, by reason.</summary>
    public required IReadOnlyList<RejectionView> Rejected { get; init; }

    /// <summary>Customers' messages that wait for their turn; while the token is refused they are held.</summary>
    public int WaitingMessages { get; init; }

    /// <summary>Mammut has missed a change: everything is sent with the next one.</summary>
    public bool MammutUntold { get; init; }

    /// <summary>When the far sides were last asked how the bot stands (our clock); null = not since its settings changed.</summary>
    public DateTimeOffset? CheckedAt { get; init; }

    /// <summary>What a far side holds otherwise than the portal, as it was found then.</summary>
    public IReadOnlyList<Difference> Differences { get; init; } = [];

    /// <summary>For <c>If-Match</c>.</summary>
    public required int Version { get; init; }

    /// <summary>The settings as they would be written again; without secrets, which stay as they are.</summary>
    public BotSettings ToSettings() =>
        new()
        {
            Name = Name,
            Freshchat = new()
            {
                ChatUrl = Freshchat.ChatUrl,
                AppId = Freshchat.AppId,
                AgentId = Freshchat.AgentId,
                GroupName = Freshchat.GroupName,
            },
            Mammut = new() { MammutId = Mammut.MammutId, Mode = Mammut.Mode },
            Sites = [.. Sites],
            DefaultContext = DefaultContext,
            QuietWindow = QuietWindow,
            Locale = Locale,
            Policies = Policies,
            Messages = Messages,
        };
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
/// Name: <c>token</c>, <c>scope</c>, <c>app_id</c>, <c>agent</c>, <c>group</c>, <c>key</c>, <c>freshchat</c>, <c>mammut</c>, <c>mammut_reachable</c>, <c>drift</c>,
/// <c>events</c>, <c>dead_letters</c>, <c>webhooks</c>.
/// </param>
/// <param name="State">How it stands.</param>
/// <param name="Code">Stable code when it is not well.</param>
/// <param name="Message">The far side's own words, shortened and without secrets; null = none.</param>
public sealed record BotCheck(string Check, CheckState State, string? Code = null, string? Message = null)
{
    /// <summary>How many things are not well, where they are counted.</summary>
    public int? Count { get; init; }

    /// <summary>Named texts for the sentence of <see cref="Code"/>; null = it needs none.</summary>
    public IReadOnlyDictionary<string, string>? Arguments { get; init; }

    /// <summary>When a far side was asked for it (our clock); null = it is known without asking.</summary>
    public DateTimeOffset? CheckedAt { get; init; }
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

    // Last: findings are kept with the number of their state.
    /// <summary>Only a far side can tell, and none was asked yet; never the outcome of a check-up.</summary>
    NotChecked,
}

/// <summary>Refused webhooks of one reason.</summary>
public sealed record RejectionView(string Code, int Count, DateTimeOffset LastAt);
