using System.Net;
using Support;

namespace Portal.Tests.Job;

/// <summary>Freshchat's token is replaced while customers of many conversations write: none is left without an answer, none gets two.</summary>
[Trait("Database", "both")]
public sealed class ReplaceTokenUnderLoadTests
{
    private const int Customers = 24;

    [Fact]
    public async Task Every_customer_is_answered_once()
    {
        await using var portal = await RunningPortal.StartAsync();
        using var sandbox = new SandboxControl(portal.Url + "/sandbox");
        var account = await sandbox.AccountAsync();
        var bot = await portal.Api.PostAsync(
            "bots",
            new
            {
                name = "freshbot",
                freshchat = new
                {
                    chatUrl = account["chatUrl"],
                    apiToken = account["token"],
                    agentId = account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"],
                    publicKeys = new[] { account["publicKey"] },
                },
                sites = new[] { new { siteId = "comida", context = "comida" } },
            }
        );
        Assert.True(bot.Status == HttpStatusCode.Created, bot.Text);
        await sandbox.SendWebhooksToAsync((string)bot.Json["webhookUrl"]!);

        List<string> visitors = [];
        async Task ArriveAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                var visitor = await sandbox.ArriveAsync("comida");
                await sandbox.WriteAsync(visitor, "comida", "¿Qué me recomienda?");
                visitors.Add(visitor);
            }
        }

        await ArriveAsync(Customers / 3);
        var token = await sandbox.RenewTokenAsync();
        var rest = ArriveAsync(Customers * 2 / 3);
        await Eventually.BecomesAsync(
            async () => (await portal.Api.GetAsync($"bots/{bot.Json["id"]}")).Json,
            read => (int)read["waitingMessages"]! > 0 && read["health"]!.AsArray().Any(c => (string?)c!["code"] == "token_refused"),
            "the token refused and messages held"
        );
        var replaced = await portal.Api.PostAsync($"bots/{bot.Json["id"]}/token", new { apiToken = token });
        Assert.True(replaced.Status == HttpStatusCode.OK, replaced.Text);
        await rest;

        foreach (var visitor in visitors)
            await Eventually.BecomesAsync(() => AnswersAsync(sandbox, visitor), answers => answers == 1, "the answer");
        await Eventually.BecomesAsync(async () => (int)(await portal.Api.GetAsync($"bots/{bot.Json["id"]}")).Json["waitingMessages"]!, waiting => waiting == 0, "nothing waits");
        foreach (var visitor in visitors)
            Assert.Equal(1, await AnswersAsync(sandbox, visitor));
    }

    private static async Task<int> AnswersAsync(SandboxControl sandbox, string visitor) =>
        (await sandbox.SendAsync(HttpMethod.Get, $"freshchat/visitors/{visitor}/chat", null))["messages"]!.AsArray().Count(m => (string?)m!["from"] == "bot");
}
