using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>How far a webhook has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DeliveryStatus>))]
internal enum DeliveryStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("delivered")]
    Delivered,

    [JsonStringEnumMemberName("given-up")]
    GivenUp,
}

/// <summary>One webhook on its way: the bytes and their signature are made once, every attempt sends the same (freshchat.md 14.2).</summary>
internal sealed class WebhookDelivery
{
    /// <summary>Order in which the events happened.</summary>
    public long Sequence { get; init; }

    public required string ConversationId { get; init; }
    public required string Action { get; init; }

    /// <summary>The message of a <c>message_create</c>; null for every other action.</summary>
    public string? MessageId { get; init; }

    /// <summary>Where it goes; a later change of the account's URL does not touch it.</summary>
    public required string Url { get; init; }

    public required byte[] Body { get; set; }

    /// <summary>Value of <c>X-Freshchat-Signature</c>; empty when the header is left out.</summary>
    public required string Signature { get; set; }

    public required DateTimeOffset CreatedTime { get; init; }

    public DeliveryStatus Status { get; private set; }

    /// <summary>Attempts made; the next one carries this number in <c>X-Retry-Count</c>.</summary>
    public int Attempts { get; private set; }

    /// <summary>When the next attempt is due.</summary>
    public DateTimeOffset DueTime { get; private set; }

    public DateTimeOffset? LastAttemptTime { get; private set; }

    /// <summary>HTTP status of the last attempt; null when nobody answered.</summary>
    public int? LastCode { get; private set; }

    /// <summary>Why the last attempt failed; null after success.</summary>
    public string? LastError { get; private set; }

    /// <summary>When the failure mail went out; null when there was none.</summary>
    public DateTimeOffset? MailTime { get; private set; }

    /// <summary>Sends these bytes and this signature instead, in every attempt.</summary>
    public void Replace(byte[] body, string signature) => (Body, Signature) = (body, signature);

    /// <summary>Takes down one attempt; <paramref name="retryAt"/> is null when there is none left.</summary>
    public void Record(Attempt attempt, DateTimeOffset at, DateTimeOffset? retryAt, bool mails)
    {
        Attempts++;
        (LastAttemptTime, LastCode, LastError) = (at, attempt.Code, attempt.Error);
        if (attempt.Accepted)
            Status = DeliveryStatus.Delivered;
        else if (retryAt is null)
            (Status, MailTime) = (DeliveryStatus.GivenUp, mails ? at : null);
        else
            DueTime = retryAt.Value;
    }
}

/// <summary>What came of one attempt.</summary>
internal sealed record Attempt(int? Code, string? Error)
{
    /// <summary>True when the receiver acknowledged; a redirect is no acknowledgement.</summary>
    public bool Accepted => Code is >= 200 and < 300;
}

/// <summary>Where webhooks wait, so that a restart loses none.</summary>
internal sealed class WebhookTable : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> delivery)
    {
        delivery.ToTable("freshchat_webhooks");
        delivery.HasKey(d => d.Sequence);
        delivery.HasIndex(d => new { d.Status, d.DueTime });
        delivery.Property(d => d.Status).HasConversion<string>();
        delivery.Property(d => d.CreatedTime).HasConversion<UnixMilliseconds>();
        delivery.Property(d => d.DueTime).HasConversion<UnixMilliseconds>();
        delivery.Property(d => d.LastAttemptTime).HasConversion<UnixMilliseconds>();
        delivery.Property(d => d.MailTime).HasConversion<UnixMilliseconds>();
    }
}
