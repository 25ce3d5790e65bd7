using System.Diagnostics;
using System.Security.Cryptography;
using Core.Bots;
using Core.Storage;

namespace Core.Webhooks;

/// <summary>
/// Takes in one webhook: find the bot, verify, read, store once. Nothing else happens before the answer: no far call, nothing slow
/// (freshchat.md 9.2-9.4).
/// </summary>
public sealed class ReceiveDelivery(KnownBots bots, Inbox inbox, CountRejections rejections, TimeProvider clock)
{
    /// <summary>A webhook on a bot's own address: signature first, no JSON before it is found valid.</summary>
    public async Task<Receipt> OnOwnAddressAsync(string webhookId, IncomingWebhook webhook, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        if (await bots.ByWebhookIdAsync(webhookId, cancel) is not { Bot: { Status: not BotStatus.Archived } bot } known)
            return Receipt.Refused(WebhookAnswer.NotFound, "unknown_webhook");
        var verdict = FreshchatSignature.Verify(webhook.Body, webhook.Signature, bot.Keys);
        if (verdict.Result is not SignatureResult.Valid)
            return await UnauthorizedAsync(bot, verdict.Result);
        if (!FreshchatEvent.TryRead(webhook.Body, out var received))
            return await MalformedAsync(bot, "invalid_json");
        if (received.AppId is { } appId && bot.AppId.Length > 0 && appId != bot.AppId)
            return await MalformedAsync(bot, "app_id_mismatch");
        return await StoreAsync(known, received, webhook, verdict.Fingerprint!, cancel);
    }

    /// <summary>A webhook on the shared address: the unverified JSON is used for nothing but choosing the keys.</summary>
    public async Task<Receipt> OnSharedAddressAsync(IncomingWebhook webhook, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        if (!FreshchatEvent.TryRead(webhook.Body, out var received))
            return Receipt.Refused(WebhookAnswer.BadRequest, "invalid_json");
        if (received.AppId is not { } appId)
            return Receipt.Refused(WebhookAnswer.BadRequest, "app_id_missing");
        if (await bots.ByAppIdAsync(appId, cancel) is not { Bot: var bot } known)
            return Receipt.Refused(WebhookAnswer.NotFound, "unknown_app");
        var verdict = FreshchatSignature.Verify(webhook.Body, webhook.Signature, bot.Keys);
        return verdict.Result is SignatureResult.Valid
            ? await StoreAsync(known, received, webhook, verdict.Fingerprint!, cancel)
            : await UnauthorizedAsync(bot, verdict.Result);
    }

    private async Task<Receipt> StoreAsync(KnownBot known, FreshchatEvent received, IncomingWebhook webhook, string fingerprint, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var messageId = received.Message?.Id;
        var delivery = new Delivery
        {
            BotId = known.Bot.Id,
            DedupKey = messageId ?? Convert.ToHexStringLower(SHA256.HashData(webhook.Body)),
            Action = received.Action,
            Kind = received.Kind,
            FreshchatConversationId = received.ConversationId,
            MessageId = messageId,
            ActorType = received.ActorType,
            EventTime = received.Time ?? now,
            ReceivedAt = now,
            RetryCount = webhook.RetryCount,
            PayloadVersion = webhook.PayloadVersion,
            KeyFingerprint = fingerprint,
            TraceId = Activity.Current?.TraceId.ToString(),
        };
        var stored = new StoredWebhook(delivery, webhook.Body);
        if (known.Relays)
            stored = stored with { ContentType = webhook.ContentType, Signature = webhook.Signature };
        return await inbox.StoreAsync(stored, cancel) switch
        {
            StoreOutcome.Stored or StoreOutcome.Duplicate => Receipt.Accepted,
            StoreOutcome.Overloaded => Receipt.Refused(WebhookAnswer.Unavailable, "overloaded"),
            _ => Receipt.Refused(WebhookAnswer.Unavailable, "storage_unavailable"),
        };
    }

    private async Task<Receipt> UnauthorizedAsync(Bot bot, SignatureResult result)
    {
        var code = result switch
        {
            SignatureResult.NoKey => "public_key_missing",
            SignatureResult.Missing => "signature_missing",
            SignatureResult.Malformed => "signature_malformed",
            _ => "signature_mismatch",
        };
        await rejections.CountAsync(bot.Id, code);
        return Receipt.Refused(WebhookAnswer.Unauthorized, code);
    }

    // Its signature was valid, so it is no stranger's: refused, counted for the admin, never limited.
    private async Task<Receipt> MalformedAsync(Bot bot, string code)
    {
        await rejections.CountAsync(bot.Id, code);
        return Receipt.Refused(WebhookAnswer.BadRequest, code) with { SignatureValid = true };
    }
}

/// <summary>A webhook as it came in.</summary>
/// <param name="Body">Raw bytes, exactly as received; this array is verified, read and stored.</param>
/// <param name="Signature"><c>X-Freshchat-Signature</c>.</param>
/// <param name="RetryCount"><c>X-Retry-Count</c>; 0 when absent or unreadable.</param>
/// <param name="PayloadVersion"><c>X-Freshchat-Payload-Version</c>.</param>
public sealed record IncomingWebhook(byte[] Body, string? Signature, int RetryCount, string? PayloadVersion)
{
    /// <summary><c>Content-Type</c>.</summary>
    public string? ContentType { get; init; }
}

/// <summary>What the sender is told (freshchat.md 9.3).</summary>
/// <param name="Answer">The kind of answer.</param>
/// <param name="Code">Stable code of a refusal; null when it was accepted.</param>
public readonly record struct Receipt(WebhookAnswer Answer, string? Code)
{
    /// <summary>Stored, or known already.</summary>
    public static readonly Receipt Accepted = new(WebhookAnswer.Accepted, null);

    /// <summary>True when the signature was found valid, so that the refusal counts against nobody.</summary>
    public bool SignatureValid { get; init; }

    /// <summary>Not stored.</summary>
    public static Receipt Refused(WebhookAnswer answer, string code) => new(answer, code);
}

/// <summary>Kinds of answers to a webhook.</summary>
public enum WebhookAnswer
{
    /// <summary>200.</summary>
    Accepted,

    /// <summary>400.</summary>
    BadRequest,

    /// <summary>401.</summary>
    Unauthorized,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>503: Freshchat shall retry.</summary>
    Unavailable,
}
