namespace Core.Webhooks;

/// <summary>
/// One stored webhook: what its sender said, in effective values (freshchat.md 7), and what became of it. The bytes lie apart in
/// <see cref="DeliveryPayload"/>, so that lists never read them.
/// </summary>
public sealed class Delivery
{
    /// <summary>Row id; grows in the order in which deliveries were stored.</summary>
    public long Id { get; init; }

    /// <summary>The bot whose key verified it.</summary>
    public Guid BotId { get; init; }

    /// <summary>Message id, or SHA-256 of the body; unique per bot (freshchat.md 9.4).</summary>
    public string DedupKey { get; init; } = "";

    /// <summary>The action as Freshchat wrote it.</summary>
    public string Action { get; init; } = "";

    /// <summary>The action as we understand it.</summary>
    public EventKind Kind { get; init; }

    /// <summary>Freshchat's conversation id; null when the event names none.</summary>
    public string? FreshchatConversationId { get; init; }

    /// <summary>Message id of a <c>message_create</c>.</summary>
    public string? MessageId { get; init; }

    /// <summary>Effective author type: <c>user</c>, <c>agent</c>, <c>system</c>, <c>bot</c> or a new one.</summary>
    public string? ActorType { get; init; }

    /// <summary>Freshchat's clock: creation of the message, else time of the action. Orders ownership and turns.</summary>
    public DateTimeOffset EventTime { get; init; }

    /// <summary>Our clock.</summary>
    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary><c>X-Retry-Count</c> of the first copy, then the highest seen.</summary>
    public int RetryCount { get; set; }

    /// <summary><c>X-Freshchat-Payload-Version</c>, as received.</summary>
    public string? PayloadVersion { get; init; }

    /// <summary>Fingerprint of the key that verified it.</summary>
    public string KeyFingerprint { get; init; } = "";

    /// <summary>Copies that arrived after the first and were acknowledged without being handled again.</summary>
    public int Duplicates { get; set; }

    /// <summary>Where it stands.</summary>
    public DeliveryStatus Status { get; private set; }

    /// <summary>Why it ended as it did, a code of portal.md 3; null when it was simply answered.</summary>
    public string? Reason { get; private set; }

    /// <summary>Our conversation, once known.</summary>
    public long? ConversationId { get; set; }

    /// <summary>The turn it is a member of.</summary>
    public long? TurnId { get; set; }

    /// <summary>Trace of the request that brought it, for the logs.</summary>
    public string? TraceId { get; init; }

    /// <summary>When it left <see cref="DeliveryStatus.Received"/> and <see cref="DeliveryStatus.Waiting"/>.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>True while nothing final has been decided.</summary>
    public bool Open => Status is DeliveryStatus.Received or DeliveryStatus.Waiting;

    /// <summary>A customer's message that waits for its turn, or in Relay mode anything that waits to be passed on.</summary>
    public void Wait() => Status = DeliveryStatus.Waiting;

    /// <summary>Dealt with.</summary>
    public void Handle(string? reason, DateTimeOffset now) => Settle(DeliveryStatus.Handled, reason, now);

    /// <summary>Kept, without consequence.</summary>
    public void Ignore(string reason, DateTimeOffset now) => Settle(DeliveryStatus.Ignored, reason, now);

    /// <summary>Taken up again after it was given up.</summary>
    public void Revive()
    {
        if (Status is not DeliveryStatus.Dead)
            throw new InvalidOperationException($"Delivery {Id} is {Status}, not dead.");
        (Status, Reason, SettledAt) = (DeliveryStatus.Waiting, null, null);
    }

    /// <summary>The bot's after all: people owned the conversation only by what was known when the message arrived.</summary>
    public void Reconsider()
    {
        if (this is not { Status: DeliveryStatus.Ignored, Reason: Reasons.PeopleOwn })
            throw new InvalidOperationException($"Delivery {Id} is {Status} ({Reason}) and was not left to people.");
        (Status, Reason, SettledAt, TurnId) = (DeliveryStatus.Waiting, null, null, null);
    }

    private void Settle(DeliveryStatus status, string? reason, DateTimeOffset now)
    {
        if (!Open)
            throw new InvalidOperationException($"Delivery {Id} is {Status} and cannot become {status}.");
        Status = status;
        Reason = reason;
        SettledAt = now;
    }
}

/// <summary>The raw bytes of a delivery, exactly as they were signed.</summary>
public sealed class DeliveryPayload
{
    /// <summary>The delivery.</summary>
    public long DeliveryId { get; init; }

    /// <summary>Body as received.</summary>
    public byte[] Body { get; init; } = [];

    /// <summary><c>Content-Type</c> as received; kept only for a bot that relays (mammut.md 7).</summary>
    public string? ContentType { get; init; }

    /// <summary><c>X-Freshchat-Signature</c> as received; kept likewise.</summary>
    public string? Signature { get; init; }
}

/// <summary>Received → Waiting → Handled, Ignored or Dead; only a customer's message waits, or in Relay mode everything.</summary>
public enum DeliveryStatus
{
    /// <summary>Stored and acknowledged.</summary>
    Received,

    /// <summary>Waiting for its turn, or part of one that runs.</summary>
    Waiting,

    /// <summary>Done.</summary>
    Handled,

    /// <summary>Kept; nothing followed from it.</summary>
    Ignored,

    /// <summary>The hand-over itself failed for good.</summary>
    Dead,
}

/// <summary>What happened in Freshchat (freshchat.md 6).</summary>
public enum EventKind
{
    /// <summary>An action that no contract names; stored and kept.</summary>
    Unknown,

    /// <summary><c>message_create</c></summary>
    MessageCreated,

    /// <summary><c>conversation_assignment</c></summary>
    Assigned,

    /// <summary><c>conversation_resolution</c></summary>
    Resolved,

    /// <summary><c>conversation_reopen</c></summary>
    Reopened,
}
