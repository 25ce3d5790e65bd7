using Core.Bots;
using Core.Bots.Listing;
using Core.Bots.Sites;

namespace Core.Conversations;

/// <summary>A conversation in a list.</summary>
/// <param name="Id">Our id.</param>
/// <param name="BotId">The bot.</param>
/// <param name="BotName">Its name.</param>
/// <param name="BotStatus">Whether it answers at all.</param>
/// <param name="FreshchatId">Freshchat's id.</param>
/// <param name="UserId">Freshchat's user id of the customer.</param>
/// <param name="Owner">Who answers now, as far as the bot does.</param>
/// <param name="Context">Context of the latest turn.</param>
/// <param name="LastText">What was written last.</param>
/// <param name="LastEventAt">The latest event (our clock).</param>
public sealed record ConversationSummary(
    string Id,
    Guid BotId,
    string BotName,
    BotStatus BotStatus,
    string FreshchatId,
    string? UserId,
    Owner Owner,
    string? Context,
    string? LastText,
    DateTimeOffset LastEventAt
)
{
    /// <summary>Whether the customer's last message came while the bot was paused and nobody has answered it: the bot never will.</summary>
    public bool LeftInPause { get; init; }

    /// <summary>How the customer's first message begins, at most 200 letters; null = none had a text.</summary>
    public string? FirstText { get; init; }
}

/// <summary>A conversation as read: who owns it, in which context, and every turn in order (portal.md 3).</summary>
public sealed record ConversationView
{
    /// <summary>Our id.</summary>
    public required string Id { get; init; }

    /// <summary>The bot.</summary>
    public required Guid BotId { get; init; }

    /// <summary>Its name.</summary>
    public required string BotName { get; init; }

    /// <summary>Whether it answers at all: only a live one does.</summary>
    public required BotStatus BotStatus { get; init; }

    /// <summary>Freshchat's id.</summary>
    public required string FreshchatId { get; init; }

    /// <summary>Freshchat's user id of the customer.</summary>
    public string? UserId { get; init; }

    /// <summary>Who answers now, as far as the bot does.</summary>
    public required Owner Owner { get; init; }

    /// <summary>Site of the latest turn.</summary>
    public string? SiteId { get; init; }

    /// <summary>What the latest messages carried and no rule of now knows; null = nothing that waits to be mapped.</summary>
    public UnknownSiteView? UnknownSite { get; init; }

    /// <summary>Context of the latest turn.</summary>
    public string? Context { get; init; }

    /// <summary>True when the bot's agent could not be released: people may not see the conversation (freshchat.md 12.3).</summary>
    public required bool PeopleMayNotSeeIt { get; init; }

    /// <summary>
    /// The delivery that was given up and behind which everything else waits, in order; null = nothing waits behind anything.
    /// </summary>
    public string? BlockedByDeliveryId { get; init; }

    /// <summary>Turns in order.</summary>
    public required IReadOnlyList<TurnView> Turns { get; init; }

    /// <summary>Everything that was said and happened, in order, for reading.</summary>
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }
}

/// <summary>A turn as read.</summary>
public sealed record TurnView(
    string Id,
    IReadOnlyList<string> DeliveryIds,
    string? Text,
    IReadOnlyList<ReplyView> Replies,
    HandOverView? HandOver,
    IReadOnlyList<HopView> Hops,
    TurnStage Stage,
    string? Reason,
    string? Context,
    string? SiteId,
    int? SiteRulePosition,
    SiteSource? SiteFoundIn,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt
);

/// <summary>A text of the bot.</summary>
public sealed record ReplyView(string Text, string? FreshchatMessageId, DateTimeOffset? PostedAt, ReplyState State);

/// <summary>A hand-over.</summary>
public sealed record HandOverView(string? GroupId, string? GroupName, DateTimeOffset? ConfirmedAt, string Reason, HandOverVerdict? Verdict);

/// <summary>How long a part of the way took.</summary>
/// <param name="Name">For example <c>mammut.say</c>.</param>
/// <param name="Milliseconds">All calls of that name together.</param>
/// <param name="Tries">How many calls.</param>
/// <param name="Code">Stable code of the failure with which the last of them ended; null = it succeeded.</param>
public sealed record HopView(string Name, int Milliseconds, int Tries = 1, string? Code = null);

/// <summary>One line of the conversation as people read it.</summary>
/// <param name="At">When: Freshchat's clock where it is known, else ours.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What was said; null where there is nothing to quote.</param>
/// <param name="Detail">Reason, cause or group, by <paramref name="Kind"/>.</param>
/// <param name="TurnId">The turn it belongs to.</param>
/// <param name="DeliveryId">The delivery that brought it; null for what did not arrive.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string? Text, string? Detail = null, string? TurnId = null, string? DeliveryId = null);

/// <summary>Kinds of lines in a conversation.</summary>
public enum TimelineKind
{
    /// <summary>The customer wrote.</summary>
    Customer,

    /// <summary>The bot wrote; <see cref="TimelineEntry.Detail"/> is the <see cref="ReplyState"/> when it was not sent.</summary>
    Bot,

    /// <summary>A person wrote to the customer.</summary>
    Person,

    /// <summary>A person left a note for colleagues.</summary>
    Note,

    /// <summary>We handed over; detail = group name, text = reason code.</summary>
    HandedOver,

    /// <summary>We asked for it, and Freshchat has not confirmed it (yet); detail and text as for <see cref="HandedOver"/>.</summary>
    HandingOver,

    /// <summary>The owner changed; detail = <see cref="OwnershipCause"/>.</summary>
    OwnerChanged,
}
