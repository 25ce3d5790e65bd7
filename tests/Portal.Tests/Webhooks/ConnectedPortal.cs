using System.Net;
using System.Text.Json.Nodes;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>A portal with one live bot, connected through the management API, and strangers' far sides behind it.</summary>
public sealed class ConnectedPortal : IAsyncLifetime
{
    private static readonly string[] Open = ["received", "waiting"];

    public FarSides FarSides { get; private set; } = null!;

    public RunningPortal Portal { get; private set; } = null!;

    /// <summary>The bot as <c>POST /api/v1/bots</c> answered.</summary>
    public JsonNode Bot { get; private set; } = null!;

    public string WebhookUrl => (string)Bot["webhookUrl"]!;

    public async ValueTask InitializeAsync()
    {
        FarSides = await FarSides.StartAsync();
        Portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Mammut:BaseUrl"] = FarSides.MammutUrl });
        var connected = await Portal.Api.PostAsync("bots", FarSides.BotSettings());
        Assert.True(connected.Status == HttpStatusCode.Created, connected.Text);
        Bot = connected.Json;
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await FarSides.DisposeAsync();
    }

    /// <summary>Sends a body as Freshchat does.</summary>
    public async Task<HttpStatusCode> SendAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookUrl)
        {
            Content = new ByteArrayContent(body) { Headers = { { "Content-Type", "application/json" } } },
            Headers =
            {
                { "X-Freshchat-Signature", FarSides.Freshchat.Key.Sign(body) },
                { "X-Freshchat-Payload-Version", "v1" },
                { "X-Retry-Count", "0" },
            },
        };
        using var response = await Portal.Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>The deliveries of a conversation, the latest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string conversation)
    {
        var list = await Portal.Api.GetAsync($"deliveries?conversation={Uri.EscapeDataString(conversation)}");
        Assert.True(list.Status == HttpStatusCode.OK, list.Text);
        return [.. list.Json["items"]!.AsArray().OfType<JsonNode>()];
    }

    /// <summary>The latest delivery, once there are that many and all are dealt with.</summary>
    public async Task<JsonNode> SettledAsync(string conversation, int count) =>
        (
            await Eventually.BecomesAsync(
                () => DeliveriesAsync(conversation),
                found => found.Count == count && found.All(d => !Open.Contains((string)d["status"]!)),
                $"{count} deliveries of {conversation}"
            )
        )[0];

    /// <summary><c>bot</c>, <c>people</c>, or null when the portal lists no such conversation.</summary>
    public async Task<string?> OwnerAsync(string conversation)
    {
        var list = await Portal.Api.GetAsync($"conversations?freshchatId={Uri.EscapeDataString(conversation)}");
        Assert.True(list.Status == HttpStatusCode.OK, list.Text);
        return list.Json["items"]!.AsArray() is [{ } found] ? (string)found["owner"]! : null;
    }
}
