using System.Net;
using System.Text.Json.Nodes;
using Sandbox.Tests.Freshchat;

namespace Sandbox.Tests.Mammut;

/// <summary>Relay: a webhook is handed to the platform, and the platform itself answers in Freshchat and assigns (mammut.md 7, 10).</summary>
public sealed class RelayTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>, IAsyncLifetime
{
    private const string Question = "¿Qué me recomienda?";
    private string _bot = "";

    public async ValueTask InitializeAsync()
    {
        var body = new JsonObject
        {
            ["user-type"] = "machine",
            ["name"] = "freshbot",
            ["freshchat-app-id"] = sandbox.AppId,
            ["freshchat-access-token"] = sandbox.Token,
            ["freshchat-actor-id"] = sandbox.BotAgent,
            ["freshchat-group-name"] = "Mammut Bot Support team",
        };
        using var created = await sandbox.Http.PostAsync("/sandbox/mammut/app:mammut-1/graph/user", new StringContent(body.ToJsonString()));
        _bot = $"{JsonNode.Parse(await created.Content.ReadAsStringAsync())!["taskResult"]![0]!["affectedElementId"]}";
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("freshchat/", "comida", "Hoy le recomiendo la paella de verduras, recién hecha.")]
    [InlineData("freshchat", "utensilios", "Le recomiendo nuestra sartén de hierro fundido de 28 cm.")]
    [InlineData("sms/", "comida", "Hoy le recomiendo la paella de verduras, recién hecha.")]
    public async Task The_bot_answers_once_in_its_context(string channel, string context, string answer)
    {
        var (conversation, webhook) = await AskAsync(Question);
        for (var times = 0; times < 2; times++)
            Assert.Equal(HttpStatusCode.OK, await RelayAsync(webhook, context, channel));

        Assert.Equal([Question, answer], await TextsAsync(conversation, texts => texts.Count >= 2));
    }

    [Fact]
    public async Task What_the_bot_does_not_know_goes_to_its_group()
    {
        var (conversation, webhook) = await AskAsync("¿Puedo pagar con bonos del ayuntamiento?");
        await RelayAsync(webhook, "comida");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while ((string?)(await sandbox.ReadAsync($"/conversations/{conversation}"))["assigned_group_id"] != sandbox.Group("Mammut Bot Support team"))
            patience.Token.ThrowIfCancellationRequested();
    }

    [Theory]
    [InlineData("webhook-private-note")]
    [InlineData("webhook-human-agent-message")]
    [InlineData("webhook-unknown-action")]
    public async Task Other_accounts_and_other_shapes_are_told_so(string example)
    {
        var status = await RelayAsync(Freshchat.Json.Example(example).ToJsonString(), null);

        Assert.Equal(example == "webhook-unknown-action" ? HttpStatusCode.BadRequest : HttpStatusCode.NotFound, status);
    }

    private async Task<(string Conversation, string Webhook)> AskAsync(string text)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        var conversation = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), text);
        await receiver.NextAsync();
        var webhook = System.Text.Encoding.UTF8.GetString((await receiver.NextAsync()).Body);
        await sandbox.ControlAsync(HttpMethod.Put, "webhook", new { url = "", enabled = false });
        return (conversation, webhook);
    }

    private async Task<HttpStatusCode> RelayAsync(string webhook, string? context, string channel = "freshchat/")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/sandbox/mammut/channels/{channel}") { Content = new StringContent(webhook) };
        request.Headers.Add("X-Mammut-Id", _bot);
        if (context is not null)
            request.Headers.Add("X-Mammut-Sub-Channel", context);
        using var response = await sandbox.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<List<string>> TextsAsync(string conversation, Func<List<string>, bool> until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            patience.Token.ThrowIfCancellationRequested();
            var thread = await sandbox.ControlAsync(HttpMethod.Get, $"desk/conversations/{conversation}");
            List<string> texts = [.. thread["messages"]!.AsArray().Select(m => (string)m!["text"]!)];
            if (until(texts))
                return texts;
        }
    }
}
