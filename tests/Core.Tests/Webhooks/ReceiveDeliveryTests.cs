using System.Security.Cryptography;
using System.Text;
using Core.Bots;
using Core.Freshchat;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Webhooks;

/// <summary>The order of checks on both addresses (freshchat.md 9.1-9.3).</summary>
[Trait("Database", "both")]
public sealed class ReceiveDeliveryTests : IDisposable
{
    private readonly RSA key = RSA.Create(2048);

    [Theory]
    [InlineData("well", WebhookAnswer.Accepted, null)]
    [InlineData("unknown action", WebhookAnswer.Accepted, null)]
    [InlineData("without app", WebhookAnswer.Accepted, null)]
    [InlineData("of another app", WebhookAnswer.BadRequest, "app_id_mismatch")]
    [InlineData("not json", WebhookAnswer.BadRequest, "invalid_json")]
    [InlineData("unsigned", WebhookAnswer.Unauthorized, "signature_missing")]
    [InlineData("badly signed", WebhookAnswer.Unauthorized, "signature_malformed")]
    [InlineData("not json and unsigned", WebhookAnswer.Unauthorized, "signature_missing")]
    public async Task On_its_own_address_the_signature_comes_first(string what, WebhookAnswer answer, string? code)
    {
        await using var portal = await OpenAsync();
        var bot = await portal.ReadAsync(db => db.Bots.SingleAsync());

        var receipt = await portal.Get<ReceiveDelivery>().OnOwnAddressAsync(bot.WebhookId, Webhook(what), CancellationToken.None);

        Assert.Equal((answer, code), (receipt.Answer, receipt.Code));
        Assert.Equal(answer is WebhookAnswer.Accepted ? 1 : 0, await portal.ReadAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal(code is null ? [] : [code], await portal.ReadAsync(db => db.Rejections.Select(r => r.Code).ToListAsync()));
        Assert.Equal(answer is WebhookAnswer.BadRequest, receipt.SignatureValid);
    }

    [Theory]
    [InlineData("well", WebhookAnswer.Accepted, null)]
    [InlineData("without app", WebhookAnswer.BadRequest, "app_id_missing")]
    [InlineData("of another app", WebhookAnswer.NotFound, "unknown_app")]
    [InlineData("not json", WebhookAnswer.BadRequest, "invalid_json")]
    [InlineData("not json and unsigned", WebhookAnswer.BadRequest, "invalid_json")]
    [InlineData("unsigned", WebhookAnswer.Unauthorized, "signature_missing")]
    public async Task On_the_shared_address_the_app_chooses_the_keys(string what, WebhookAnswer answer, string? code)
    {
        await using var portal = await OpenAsync();

        var receipt = await portal.Get<ReceiveDelivery>().OnSharedAddressAsync(Webhook(what), CancellationToken.None);

        Assert.Equal((answer, code), (receipt.Answer, receipt.Code));
    }

    [Theory]
    [InlineData("Draft", WebhookAnswer.Accepted)]
    [InlineData("Draft Draft", WebhookAnswer.NotFound)]
    [InlineData("Draft Paused", WebhookAnswer.Accepted)]
    [InlineData("Archived", WebhookAnswer.NotFound)]
    [InlineData("", WebhookAnswer.NotFound)]
    public async Task The_shared_address_means_the_active_bot_or_the_only_draft(string bots, WebhookAnswer answer)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        foreach (var status in bots.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            await portal.BotAsync(b => WithKey(b, Enum.Parse<BotStatus>(status)));
        await portal.StartAsync(nameof(Inbox));

        Assert.Equal(answer, (await portal.Get<ReceiveDelivery>().OnSharedAddressAsync(Webhook("well"), CancellationToken.None)).Answer);
    }

    [Fact]
    public async Task A_flood_of_refusals_is_counted_to_the_last_one()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var rejections = portal.Get<CountRejections>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => rejections.CountAsync(bot.Id, i % 2 == 0 ? "signature_missing" : "signature_mismatch"))));

        Assert.Equal([("signature_mismatch", 100), ("signature_missing", 100)], await portal.ReadAsync(async db => (await db.Rejections.OrderBy(r => r.Code).ToListAsync()).Select(r => (r.Code, r.Count)).ToList()));
    }

    [Fact]
    public async Task Without_a_key_every_webhook_is_refused_and_an_archived_bot_is_unknown()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keyless = await portal.BotAsync();
        var archived = await portal.BotAsync(b => WithKey(b, BotStatus.Archived));
        var receive = portal.Get<ReceiveDelivery>();

        Assert.Equal("public_key_missing", (await receive.OnOwnAddressAsync(keyless.WebhookId, Webhook("well"), CancellationToken.None)).Code);
        Assert.Equal("unknown_webhook", (await receive.OnOwnAddressAsync(archived.WebhookId, Webhook("well"), CancellationToken.None)).Code);
        Assert.Equal("unknown_webhook", (await receive.OnOwnAddressAsync("guess", Webhook("well"), CancellationToken.None)).Code);
    }

    [Fact]
    public async Task A_copy_is_accepted_like_the_first()
    {
        await using var portal = await OpenAsync();
        var receive = portal.Get<ReceiveDelivery>();

        await receive.OnSharedAddressAsync(Webhook("well"), CancellationToken.None);

        Assert.Equal(Receipt.Accepted, await receive.OnSharedAddressAsync(Webhook("well"), CancellationToken.None));
        var stored = await portal.ReadAsync(db => db.Deliveries.SingleAsync());
        Assert.Equal((1, "3", Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))), (stored.Duplicates, stored.PayloadVersion, stored.KeyFingerprint));
    }

    public void Dispose() => key.Dispose();

    private async Task<TemporaryPortal> OpenAsync()
    {
        var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync(b => WithKey(b, BotStatus.Live));
        await portal.StartAsync(nameof(Inbox));
        return portal;
    }

    private void WithKey(Bot bot, BotStatus status)
    {
        var read = FreshchatKey.Read(key.ExportSubjectPublicKeyInfoPem()).Value!;
        bot.Status = status;
        bot.Keys.Add(new() { Spki = read.Spki, Fingerprint = read.Fingerprint, Bits = read.Bits });
    }

    private IncomingWebhook Webhook(string what)
    {
        var body = what switch
        {
            "well" or "unsigned" or "badly signed" => Freshchat.Webhook.Customer("m1", 0),
            "unknown action" => """{"action":"conversation_create","data":{}}"""u8.ToArray(),
            "without app" => """{"action":"message_create","data":{"message":{"id":"m1"}}}"""u8.ToArray(),
            "of another app" => """{"action":"message_create","data":{"message":{"id":"m1","app_id":"another"}}}"""u8.ToArray(),
            _ => Encoding.UTF8.GetBytes("<html>"),
        };
        var signature = what switch
        {
            "unsigned" or "not json and unsigned" => null,
            "badly signed" => "###",
            _ => Convert.ToBase64String(key.SignData(body, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)),
        };
        return new(body, signature, 0, "3");
    }
}
