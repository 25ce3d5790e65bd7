using System.Text.Json.Serialization;
using Core.Mammut;

namespace Core.Bots;

/// <summary>
/// A Mammut bot joined to a Freshchat account. Changes only by what admins change; event times and counters live in
/// <see cref="BotActivity"/>, so that messages never conflict with an edit.
/// </summary>
public sealed class Bot
{
    /// <summary>Our id, in addresses and in the management API.</summary>
    public Guid Id { get; init; }

    /// <summary>Name shown to admins and sent to Mammut; need not be unique.</summary>
    public string Name { get; set; } = "";

    /// <summary>Where the bot stands between first draft and archive.</summary>
    public BotStatus Status { get; set; }

    /// <summary>Why a draft is not live yet; null once it has been live.</summary>
    public DraftState? DraftState { get; set; }

    /// <summary>Stable error code of the last failed attempt to connect, when <see cref="DraftState"/> is <see cref="DraftState.Failed"/>.</summary>
    public string? DraftErrorCode { get; set; }

    /// <summary>Random last segment of the bot's own webhook address (freshchat.md 9.1); not guessable, never changes.</summary>
    public string WebhookId { get; init; } = "";

    /// <summary>"Chat URL" exactly as Freshchat shows it (freshchat.md 2.1).</summary>
    public string ChatUrl { get; set; } = "";

    /// <summary>App ID of the Freshchat account; at most one live or paused bot has it.</summary>
    public string AppId { get; set; } = "";

    /// <summary>API token, encrypted with Data Protection; null while a draft has none.</summary>
    public string? ProtectedToken { get; set; }

    /// <summary>Last four characters of the token, the only part that is ever shown.</summary>
    public string? TokenHint { get; set; }

    /// <summary>Freshchat agent in whose name the bot speaks.</summary>
    public string AgentId { get; set; } = "";

    /// <summary>Name of that agent when it was last read, for people.</summary>
    public string? AgentName { get; set; }

    /// <summary>Id of the group that takes over; resolved from <see cref="GroupName"/> (freshchat.md 12.1).</summary>
    public string? GroupId { get; set; }

    /// <summary>Name of the group that takes over; null when the bot never hands over.</summary>
    public string? GroupName { get; set; }

    /// <summary>Id of the bot in Mammut; null until it has been created there.</summary>
    public long? MammutId { get; set; }

    /// <summary>True once Mammut has answered to <see cref="MammutId"/>; an id that was only typed can still be taken back.</summary>
    public bool MammutIdConfirmed { get; set; }

    /// <summary>When Mammut last took the settings that it keeps a copy of; null = it does not know them yet.</summary>
    public DateTimeOffset? ProvisionedAt { get; set; }

    /// <summary>Conversation mode, when it differs from the portal's setting (mammut.md 6, 7).</summary>
    public MammutMode? Mode { get; set; }

    /// <summary>Context used when no site rule matches; null = none (freshchat.md 13).</summary>
    public string? DefaultContext { get; set; }

    /// <summary>Quiet window of this bot, when it differs from the portal's setting.</summary>
    public TimeSpan? QuietWindow { get; set; }

    /// <summary>Locale of the visitors that the bot meets, such as <c>es</c>; left out when null (mammut.md 6.2).</summary>
    public string? Locale { get; set; }

    /// <summary>What the bot does where Freshchat or the customer leaves a choice.</summary>
    public BotPolicies Policies { get; set; } = new();

    /// <summary>What the customer is told at a hand-over (freshchat.md 12.6).</summary>
    public BotMessages Messages { get; set; } = new();

    /// <summary>One or two public keys that verify this account's webhooks.</summary>
    public List<BotKey> Keys { get; init; } = [];

    /// <summary>Site rules in the order in which they are tried.</summary>
    public List<Sites.SiteRule> Sites { get; init; } = [];

    /// <summary>When the draft was first saved.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the bot last became live, by connecting or resuming; conversations are looked at anew after it (freshchat.md 12.5).</summary>
    public DateTimeOffset? LiveSince { get; set; }

    /// <summary>When Freshchat last refused the token; null while it is accepted.</summary>
    public DateTimeOffset? TokenRefusedAt { get; set; }

    /// <summary>Counts every change; the value of <c>If-Match</c>.</summary>
    public int Version { get; set; }

    /// <summary>True when Mammut has missed a change: whatever is told next is everything.</summary>
    public bool IsUntold => Status is BotStatus.Live or BotStatus.Paused && MammutId is not null && ProvisionedAt is null;

    /// <summary>True when customers' messages may become turns.</summary>
    public bool Answers => Status == BotStatus.Live;
}

/// <summary>Draft → Live ↔ Paused; anything → Archived.</summary>
public enum BotStatus
{
    /// <summary>Being set up; its webhook is stored, nobody is answered.</summary>
    Draft,

    /// <summary>Answers customers.</summary>
    Live,

    /// <summary>Stores and follows everything, answers nobody.</summary>
    Paused,

    /// <summary>Gone for good; its webhook answers 404, its history stays.</summary>
    Archived,
}

/// <summary>Why a draft is not live (portal.md 3).</summary>
public enum DraftState
{
    /// <summary>Settings are missing or the admin has not gone live yet.</summary>
    [JsonStringEnumMemberName("incomplete")]
    Incomplete,

    /// <summary>Mammut has been asked to create the bot and the answer is not known: there may be a bot already (mammut.md 4.2).</summary>
    [JsonStringEnumMemberName("mammut_create_unclear")]
    MammutCreateUnclear,

    /// <summary>The last attempt to connect was refused; see <see cref="Bot.DraftErrorCode"/>.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
