using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Support;

namespace Portal.Tests.Job;

/// <summary>The whole job against the mounted sandbox, over HTTP and without a browser: connect, answer by shop, hand over, give back.</summary>
[Trait("Database", "both")]
public sealed class SandboxJobTests
{
    private const string Question = "¿Qué me recomienda?";

    [Fact]
    public async Task Two_shops_get_their_own_answers_and_people_take_over_what_the_bot_does_not_know()
    {
        await using var portal = await RunningPortal.StartAsync();
        var sandbox = new Sandbox(portal.Http);
        var account = await sandbox.GetAsync("account");
        var bot = await ConnectAsync(portal, account);
        await sandbox.SendAsync(HttpMethod.Put, "webhook", new { url = (string)bot["webhookUrl"]!, enabled = true });

        var food = await sandbox.ArriveAsync("comida");
        var pans = await sandbox.ArriveAsync("utensilios");
        var conversation = await sandbox.WriteAsync(food, "comida", Question);
        await sandbox.WriteAsync(pans, "utensilios", Question);
        Assert.Equal("Hoy le recomiendo la paella de verduras, recién hecha.", await sandbox.BotSaysAsync(food, 1));
        Assert.Equal("Le recomiendo nuestra sartén de hierro fundido de 28 cm.", await sandbox.BotSaysAsync(pans, 1));

        await sandbox.WriteAsync(food, "comida", "¿Puedo pagar con bonos del ayuntamiento?");
        await Eventually.BecomesAsync(
            () => sandbox.GetAsync($"visitors/{food}/chat"),
            chat => (string?)chat["conversation"]!["group"] == "Mammut Bot Support team",
            "the group has the conversation"
        );
        await OwnedByAsync(portal, conversation, "people");

        var person = account["agents"]!.AsArray().First(a => !(bool)a!["isBot"]! && !(bool)a["isDeactivated"]!)!["id"];
        await sandbox.SendAsync(HttpMethod.Post, $"desk/conversations/{conversation}/messages", new { agentId = person, text = "Sí, con bonos también.", @private = false });
        await sandbox.WriteAsync(food, "comida", Question);
        await Eventually.BecomesAsync(
            () => DeliveriesAsync(portal, conversation),
            found => found.Count(d => (string?)d["reason"] == "people_own") == 1,
            "what is said to people is not said to the bot"
        );

        await sandbox.SendAsync(HttpMethod.Post, $"desk/conversations/{conversation}/resolution", new { agentId = person });
        await OwnedByAsync(portal, conversation, "bot");
        await sandbox.WriteAsync(food, "comida", "¿Tienen menú sin gluten?");
        Assert.Equal("Los viernes: crema de verduras y pescado al horno.", await sandbox.BotSaysAsync(food, 3));
        Assert.DoesNotContain(await DeliveriesAsync(portal, conversation), d => (string?)d["status"] == "dead");
    }

    [Fact]
    public async Task In_relay_mode_the_cloud_answers_by_itself_and_the_portal_posts_nothing()
    {
        await using var portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:Mode"] = "Relay" });
        var sandbox = new Sandbox(portal.Http);
        var bot = await ConnectAsync(portal, await sandbox.GetAsync("account"));
        await sandbox.SendAsync(HttpMethod.Put, "webhook", new { url = (string)bot["webhookUrl"]!, enabled = true });

        var food = await sandbox.ArriveAsync("comida");
        var conversation = await sandbox.WriteAsync(food, "comida", Question);
        Assert.Equal("Hoy le recomiendo la paella de verduras, recién hecha.", await sandbox.BotSaysAsync(food, 1));
        await sandbox.WriteAsync(food, "comida", "¿Puedo pagar con bonos del ayuntamiento?");
        await Eventually.BecomesAsync(
            () => sandbox.GetAsync($"visitors/{food}/chat"),
            chat => (string?)chat["conversation"]!["group"] == "Mammut Bot Support team",
            "the cloud has assigned its group"
        );

        var deliveries = await Eventually.BecomesAsync(
            () => DeliveriesAsync(portal, conversation),
            found => found.Any(d => (string?)d["action"] == "conversation_assignment") && found.All(d => (string?)d["status"] == "handled"),
            "everything is passed on"
        );
        Assert.All(deliveries, d => Assert.Equal("relayed", (string?)d["reason"]));
        var shown = (await portal.Api.GetAsync($"conversations/{deliveries[0]["conversationId"]}")).Json;
        Assert.Contains(shown["timeline"]!.AsArray(), e => (string?)e!["kind"] == "bot");
        Assert.All(
            shown["turns"]!.AsArray(),
            turn =>
            {
                Assert.Empty(turn!["replies"]!.AsArray());
                Assert.Null(turn["handOver"]);
                Assert.All(turn["hops"]!.AsArray(), hop => Assert.Contains((string)hop!["name"]!, (string[])["mammut.relay", "freshchat.user"]));
            }
        );
    }

    private static async Task<JsonNode> ConnectAsync(RunningPortal portal, JsonNode account)
    {
        var connected = await portal.Api.PostAsync(
            "bots",
            new
            {
                name = "freshbot",
                freshchat = new
                {
                    chatUrl = account["chatUrl"],
                    appId = account["appId"],
                    apiToken = account["token"],
                    agentId = account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"],
                    groupName = "Mammut Bot Support team",
                    publicKeys = new[] { account["publicKey"] },
                },
                sites = new[] { new { siteId = "comida", context = "comida" }, new { siteId = "utensilios", context = "utensilios" } },
            }
        );
        Assert.True(connected.Status == HttpStatusCode.Created, connected.Text);
        return connected.Json;
    }

    private static Task<JsonNode> OwnedByAsync(RunningPortal portal, string conversation, string owner) =>
        Eventually.BecomesAsync(
            async () => (await portal.Api.GetAsync($"conversations?freshchatId={conversation}")).Json["items"]![0]!,
            found => (string?)found["owner"] == owner,
            $"{owner} own the conversation"
        );

    private static async Task<List<JsonNode>> DeliveriesAsync(RunningPortal portal, string conversation) =>
        [.. (await portal.Api.GetAsync($"deliveries?conversation={conversation}")).Json["items"]!.AsArray().OfType<JsonNode>()];

    /// <summary>What customers, agents and admins do in the sandbox.</summary>
    private sealed class Sandbox(HttpClient http)
    {
        public Task<JsonNode> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

        public async Task<string> ArriveAsync(string site) => (string)(await SendAsync(HttpMethod.Post, "visitors", new { site }))["id"]!;

        public async Task<string> WriteAsync(string visitorId, string site, string text) =>
            (string)(await SendAsync(HttpMethod.Post, "messages", new { visitorId, site, text }))["conversationId"]!;

        /// <summary>The bot's message of that number, once it is there.</summary>
        public async Task<string> BotSaysAsync(string visitor, int number)
        {
            var said = await Eventually.BecomesAsync(
                async () => (await GetAsync($"visitors/{visitor}/chat"))["messages"]!.AsArray().Where(m => (string?)m!["from"] == "bot").ToList(),
                messages => messages.Count >= number,
                $"the bot's message {number}"
            );
            return (string)said[number - 1]!["text"]!;
        }

        public async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
        {
            using var request = new HttpRequestMessage(method, $"/sandbox/control/freshchat/{path}") { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.IsSuccessStatusCode, text);
            return JsonNode.Parse(text)!;
        }
    }
}
