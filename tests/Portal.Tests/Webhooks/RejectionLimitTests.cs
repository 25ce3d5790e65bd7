using System.Globalization;
using System.Net;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>Only rejected requests are limited, and a validly signed webhook never is (freshchat.md 9.2).</summary>
[Trait("Database", "both")]
public sealed class RejectionLimitTests
{
    [Fact]
    public async Task Rejections_above_the_limit_are_told_to_wait_and_signed_webhooks_are_not()
    {
        await using var portal = await ConnectedPortal.StartAsync(new Dictionary<string, string?> { ["Webhooks:RejectedPerMinute"] = "3" });
        var key = portal.FarSides.Freshchat.Key;
        var body = portal.CustomerMessage(out _);

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, (await portal.PostAsync(portal.WebhookUrl, body, null)).Status);
        var limited = await portal.PostAsync(portal.WebhookUrl, body, null);
        Assert.Equal((HttpStatusCode.TooManyRequests, "rate_limited"), (limited.Status, limited.Code));
        Assert.InRange(int.Parse(limited.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);

        Assert.Equal(HttpStatusCode.OK, await portal.SendAsync(body));
        Assert.Equal(HttpStatusCode.OK, await portal.SendAsync(portal.CustomerMessage(out _)));
        var foreign = portal.CustomerMessage(out _, appId: Guid.NewGuid().ToString());
        for (var i = 0; i < 5; i++)
            Assert.Equal("app_id_mismatch", (await portal.PostAsync(portal.WebhookUrl, foreign, key.Sign(foreign))).Code);

        // The shared address is another webhook, and all unknown ids are one more.
        Assert.Equal("signature_missing", (await portal.PostAsync(portal.SharedWebhookUrl, body, null)).Code);
        var guesses = new List<HttpStatusCode>();
        for (var i = 0; i < 5; i++)
            guesses.Add((await portal.PostAsync($"{portal.SharedWebhookUrl.TrimEnd('/')}/{Guid.NewGuid():N}", body, null)).Status);
        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.NotFound, 3), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 2)], guesses);
    }
}
