using Core.Webhooks;

namespace Core.Storage;

/// <summary>A verified webhook on its way into the database.</summary>
/// <param name="Delivery">What it says.</param>
/// <param name="Body">Its bytes, exactly as they were signed.</param>
public sealed record StoredWebhook(Delivery Delivery, byte[] Body)
{
    /// <summary>As on <see cref="DeliveryPayload"/>.</summary>
    public string? ContentType { get; init; }

    /// <inheritdoc cref="ContentType" />
    public string? Signature { get; init; }
}
