using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Support;

/// <summary>What customers, agents, admins and tests do in a sandbox, over its own addresses.</summary>
/// <param name="url">The sandbox's root.</param>
public sealed class SandboxControl(string url) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(url + "/control/") };

    /// <summary>The account: what an admin copies into a bot's set-up.</summary>
    public Task<JsonNode> AccountAsync() => SendAsync(HttpMethod.Get, "freshchat/account", null);

    /// <summary>Generates a new API token, which makes the old one invalid at once.</summary>
    public async Task<string> RenewTokenAsync() => (string)(await SendAsync(HttpMethod.Post, "freshchat/token", new { }))["token"]!;

    /// <summary>Gives a group another name.</summary>
    public Task RenameGroupAsync(string id, string name) => SendAsync(HttpMethod.Put, $"freshchat/groups/{id}", new { name });

    /// <summary>Turns a switch.</summary>
    public Task SwitchAsync(string system, string name, object value) => SendAsync(HttpMethod.Put, $"{system}/{name}", new { value });

    /// <summary>Sets the account's one webhook URL and switches webhooks on.</summary>
    public Task SendWebhooksToAsync(string address) => SendAsync(HttpMethod.Put, "freshchat/webhook", new { url = address, enabled = true });

    /// <summary>The body of a webhook, as it was signed.</summary>
    public Task<JsonNode> WebhookBodyAsync(long eventId) => SendAsync(HttpMethod.Get, $"freshchat/deliveries/{eventId}/body", null);

    /// <summary>A new customer of a shop; tells the visitor's id.</summary>
    public async Task<string> ArriveAsync(string site) => (string)(await SendAsync(HttpMethod.Post, "freshchat/visitors", new { site }))["id"]!;

    /// <summary>A customer writes; tells the conversation's id.</summary>
    public async Task<string> WriteAsync(string visitorId, string site, string text) =>
        (string)(await SendAsync(HttpMethod.Post, "freshchat/messages", new { visitorId, site, text }))["conversationId"]!;

    /// <summary>An agent writes to the customer.</summary>
    public Task WriteAsAgentAsync(string conversation, string agentId, string text) =>
        SendAsync(HttpMethod.Post, $"freshchat/desk/conversations/{conversation}/messages", new { agentId, text, @private = false });

    /// <summary>An agent assigns a conversation to herself.</summary>
    public Task AssignAsync(string conversation, string agentId) =>
        SendAsync(HttpMethod.Post, $"freshchat/desk/conversations/{conversation}/assignment", new { byAgentId = agentId, agentId });

    /// <summary>An agent resolves a conversation.</summary>
    public Task ResolveAsync(string conversation, string agentId) =>
        SendAsync(HttpMethod.Post, $"freshchat/desk/conversations/{conversation}/resolution", new { agentId });

    /// <summary>The ledger's entries behind number <paramref name="after"/>, in order; switch <c>sandbox/ledger</c> keeps it.</summary>
    public async Task<IReadOnlyList<JsonNode>> LedgerAsync(long after)
    {
        var lines = await _http.GetStringAsync($"ledger?after={after}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }

    /// <summary>Any of the sandbox's addresses under <c>/sandbox/control/</c>.</summary>
    /// <exception cref="HttpRequestException">It refused; the message holds its answer.</exception>
    public async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
    }

    /// <inheritdoc />
    public void Dispose() => _http.Dispose();
}
