using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>A portal with one live bot, connected through the management API, and strangers' far sides behind it.</summary>
public sealed class ConnectedPortal : IAsyncLifetime
{
    private static readonly string[] Open = ["received", "waiting"];

    private readonly IReadOnlyDictionary<string, string?> _settings;

    public ConnectedPortal()
        : this(new Dictionary<string, string?>()) { }

    internal ConnectedPortal(IReadOnlyDictionary<string, string?> settings) => _settings = settings;

    public FarSides FarSides { get; private set; } = null!;

    public RunningPortal Portal { get; private set; } = null!;

    /// <summary>The bot as <c>POST /api/v1/bots</c> answered.</summary>
    public JsonNode Bot { get; private set; } = null!;

    public string WebhookUrl => (string)Bot["webhookUrl"]!;

    public async ValueTask InitializeAsync()
    {
        FarSides = await FarSides.StartAsync();
        Portal = await RunningPortal.StartAsync(new Dictionary<string, string?>(_settings) { ["Mammut:BaseUrl"] = FarSides.MammutUrl });
        var connected = await Portal.Api.PostAsync("bots", FarSides.BotSettings());
        Assert.True(connected.Status == HttpStatusCode.Created, connected.Text);
        Bot = connected.Json;
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await FarSides.DisposeAsync();
    }

    public string SharedWebhookUrl => (string)Bot["sharedWebhookUrl"]!;

    /// <summary>Starts a portal with settings of its own.</summary>
    public static async Task<ConnectedPortal> StartAsync(IReadOnlyDictionary<string, string?> settings)
    {
        var portal = new ConnectedPortal(settings);
        await portal.InitializeAsync();
        return portal;
    }

    /// <summary>Sends a body as Freshchat does.</summary>
    public async Task<HttpStatusCode> SendAsync(byte[] body) =>
        (await PostAsync(WebhookUrl, body, FarSides.Freshchat.Key.Sign(body))).Status;

    /// <summary>Sends a body to any address with any signature.</summary>
    public async Task<ApiAnswer> PostAsync(string url, byte[] body, string? signature, int retry = 0, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url)
        {
            Content = chunked ? new StreamContent(new MemoryStream(body)) : new ByteArrayContent(body),
            Headers = { { "X-Freshchat-Payload-Version", "v1" }, { "X-Retry-Count", $"{retry}" }, { "Accept", "*/*" } },
        };
        request.Headers.TransferEncodingChunked = chunked;
        request.Content.Headers.ContentType = new("application/json");
        if (signature is not null)
            request.Headers.Add("X-Freshchat-Signature", signature);
        using var response = await Portal.Http.SendAsync(request);
        return await ApiAnswer.OfAsync(response);
    }

    /// <summary>What a customer writes, in a conversation of its own.</summary>
    public byte[] CustomerMessage(out string conversation, string text = "Buenos días", string? appId = null)
    {
        conversation = Guid.NewGuid().ToString();
        return Encoding.UTF8.GetBytes(
            $$$$"""{"actor":{"actor_type":"user","actor_id":"u-1"},"action":"message_create","data":{"message":{"id":"{{{{Guid.NewGuid()}}}}","app_id":"{{{{appId ?? FarSides.Freshchat.AppId}}}}","actor_type":"user","actor_id":"u-1","conversation_id":"{{{{conversation}}}}","message_parts":[{"text":{"content":"{{{{text}}}}"}}],"created_time":"{{{{TimeProvider.System.GetUtcNow():O}}}}"}}}"""
        );
    }

    /// <summary>The deliveries of a conversation, the latest first.</summary>
    public async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(string conversation)
    {
        var list = await Portal.Api.GetAsync($"deliveries?conversation={Uri.EscapeDataString(conversation)}");
        Assert.True(list.Status == HttpStatusCode.OK, list.Text);
        return [.. list.Json["items"]!.AsArray().OfType<JsonNode>()];
    }

    /// <summary>The latest delivery, once there are that many and all are dealt with.</summary>
    public async Task<JsonNode> SettledAsync(string conversation, int count)
    {
        try
        {
            var settled = await Eventually.BecomesAsync(
                () => DeliveriesAsync(conversation),
                found => found.Count == count && found.All(d => !Open.Contains((string)d["status"]!)),
                $"{count} deliveries of {conversation}"
            );
            return settled[0];
        }
        catch (TimeoutException e)
        {
            var trouble = Portal.Logs.Lines.Where(l => l.StartsWith("Warning", StringComparison.Ordinal) || l.StartsWith("Error", StringComparison.Ordinal));
            throw new TimeoutException($"{e.Message}\n{string.Join('\n', trouble.Take(10))}", e);
        }
    }

    /// <summary><c>bot</c>, <c>people</c>, or null when the portal lists no such conversation.</summary>
    public async Task<string?> OwnerAsync(string conversation)
    {
        var list = await Portal.Api.GetAsync($"conversations?freshchatId={Uri.EscapeDataString(conversation)}");
        Assert.True(list.Status == HttpStatusCode.OK, list.Text);
        return list.Json["items"]!.AsArray() is [{ } found] ? (string)found["owner"]! : null;
    }
}
