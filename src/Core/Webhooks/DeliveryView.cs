using Core.Bots.Listing;
using Core.Bots.Sites;

namespace Core.Webhooks;

/// <summary>A delivery as read (portal.md 3).</summary>
public sealed record DeliveryView
{
    /// <summary>Our id.</summary>
    public required string Id { get; init; }

    /// <summary>The bot.</summary>
    public required Guid BotId { get; init; }

    /// <summary>Its name.</summary>
    public required string BotName { get; init; }

    /// <summary>Our conversation id.</summary>
    public string? ConversationId { get; init; }

    /// <summary>Freshchat's conversation id.</summary>
    public string? FreshchatConversationId { get; init; }

    /// <summary>The action as Freshchat wrote it.</summary>
    public required string Action { get; init; }

    /// <summary>Freshchat's message id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Author type.</summary>
    public string? ActorType { get; init; }

    /// <summary>How the message begins, at most 200 letters; null = it has no text, is no message, or has not been applied yet.</summary>
    public string? Text { get; init; }

    /// <summary>Our clock.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Freshchat's clock.</summary>
    public required DateTimeOffset EventTime { get; init; }

    /// <summary>Highest <c>X-Retry-Count</c> seen.</summary>
    public required int RetryCount { get; init; }

    /// <summary>Further copies.</summary>
    public required int Duplicates { get; init; }

    /// <summary>Where it stands.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>Why, a code of <see cref="Reasons"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>True when it was given up and may be tried again; told only about a single one.</summary>
    public bool MayReplay { get; init; }

    /// <summary>Requests made for its turn.</summary>
    public IReadOnlyList<AttemptView> Attempts { get; init; } = [];

    /// <summary>Site value that matched.</summary>
    public string? SiteId { get; init; }

    /// <summary>The rule that matched.</summary>
    public SiteRuleMatch? SiteRule { get; init; }

    /// <summary>Context of its turn.</summary>
    public string? Context { get; init; }

    /// <summary>Its turn.</summary>
    public string? TurnId { get; init; }

    /// <summary>Payload version header, as received.</summary>
    public string? PayloadVersion { get; init; }

    /// <summary>Fingerprint of the key that verified it.</summary>
    public string? KeyFingerprint { get; init; }

    /// <summary>Trace of the request, for the logs.</summary>
    public string? TraceId { get; init; }
}

/// <summary>The rule that gave a turn its context.</summary>
/// <param name="Position">Its place in the list, from 1.</param>
/// <param name="FoundIn">Where the value was found.</param>
public sealed record SiteRuleMatch(int Position, SiteSource FoundIn);

/// <summary>One request to a far side.</summary>
/// <param name="Step">For example <c>mammut.say</c>.</param>
/// <param name="Time">When it began (our clock).</param>
/// <param name="Duration">Milliseconds.</param>
/// <param name="HttpStatus">Null when there was no answer.</param>
/// <param name="Code">Stable code of the failure; null = success.</param>
public sealed record AttemptView(string Step, DateTimeOffset Time, int Duration, int? HttpStatus, string? Code);
