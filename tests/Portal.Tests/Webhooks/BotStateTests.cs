using System.Net;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>What a webhook meets when its bot does not answer (freshchat.md 10 row 0, 9.1).</summary>
[Trait("Database", "both")]
public sealed class BotStateTests(ConnectedPortal portal) : IClassFixture<ConnectedPortal>
{
    private FreshchatStandIn Freshchat => portal.FarSides.Freshchat;

    [Fact]
    public async Task A_draft_without_a_key_verifies_nothing()
    {
        var draft = await DraftAsync(Guid.NewGuid().ToString(), key: null);
        var body = portal.CustomerMessage(out _);

        var answer = await portal.PostAsync(draft.WebhookUrl, body, Freshchat.Key.Sign(body));

        Assert.Equal((HttpStatusCode.Unauthorized, "public_key_missing"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_draft_shows_its_first_event_and_answers_nobody()
    {
        using var key = new SigningKey();
        var appId = Guid.NewGuid().ToString();
        var draft = await DraftAsync(appId, key.PublicPem);
        foreach (var url in (string[])[draft.WebhookUrl, portal.SharedWebhookUrl])
        {
            var body = portal.CustomerMessage(out var conversation, appId: appId);
            Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(url, body, key.Sign(body))).Status);
            var delivery = await portal.SettledAsync(conversation, 1);
            Assert.Equal(("ignored", "bot_draft"), ((string)delivery["status"]!, (string)delivery["reason"]!));
            Assert.Empty(portal.FarSides.Mammut.Said(conversation));
        }
        var bot = await portal.Portal.Api.GetAsync($"bots/{draft.Id}");
        Assert.NotNull(bot.Json["firstEventAt"]);
    }

    [Fact]
    public async Task A_paused_bot_stays_silent_and_an_archived_one_is_not_found()
    {
        var id = (string)portal.Bot["id"]!;
        var body = portal.CustomerMessage(out var conversation);

        Assert.Equal(HttpStatusCode.OK, (await portal.Portal.Api.PostAsync($"bots/{id}/pause")).Status);
        await portal.SendAsync(body);
        var delivery = await portal.SettledAsync(conversation, 1);
        Assert.Equal(("ignored", "bot_paused"), ((string)delivery["status"]!, (string)delivery["reason"]!));

        Assert.Equal(HttpStatusCode.OK, (await portal.Portal.Api.PostAsync($"bots/{id}/resume")).Status);
        body = portal.CustomerMessage(out conversation);
        await portal.SendAsync(body);
        Assert.Equal("handled", (string?)(await portal.SettledAsync(conversation, 1))["status"]);

        Assert.Equal(HttpStatusCode.NoContent, (await portal.Portal.Api.SendAsync(HttpMethod.Delete, $"bots/{id}", null)).Status);
        body = portal.CustomerMessage(out var late);
        var own = await portal.PostAsync(portal.WebhookUrl, body, Freshchat.Key.Sign(body));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_webhook"), (own.Status, own.Code));
        var shared = await portal.PostAsync(portal.SharedWebhookUrl, body, Freshchat.Key.Sign(body));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_app"), (shared.Status, shared.Code));
        Assert.Empty(await portal.DeliveriesAsync(late));
        Assert.NotEmpty(await portal.DeliveriesAsync(conversation));
    }

    private async Task<(string Id, string WebhookUrl)> DraftAsync(string appId, string? key)
    {
        var settings = portal.FarSides.BotSettings("draft");
        var freshchat = (Dictionary<string, object?>)settings["freshchat"]!;
        freshchat["appId"] = appId;
        freshchat["publicKeys"] = key is null ? null : new[] { key };
        settings["draft"] = true;
        var saved = await portal.Portal.Api.PostAsync("bots", settings);
        Assert.True(saved.Status == HttpStatusCode.Created, saved.Text);
        return ((string)saved.Json["id"]!, (string)saved.Json["webhookUrl"]!);
    }
}
