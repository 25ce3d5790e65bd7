using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Reliability.Tests.FaultMatrix;

/// <summary>What customers, agents and admins do in the sandbox, and what its switches and its ledger say.</summary>
internal sealed class SandboxSide(HttpClient http)
{
    public Task<JsonNode> AccountAsync() => SendAsync(HttpMethod.Get, "freshchat/account", null);

    public async Task<IReadOnlyList<JsonNode>> SwitchesAsync() =>
        [.. (await SendAsync(HttpMethod.Get, "", null))["switches"]!.AsArray().Select(s => s!)];

    public Task TurnAsync(string which, object? value) => SendAsync(HttpMethod.Put, which, new { value });

    public Task SendWebhooksToAsync(string url) => SendAsync(HttpMethod.Put, "freshchat/webhook", new { url, enabled = true });

    public async Task<string> ArriveAsync() => (string)(await SendAsync(HttpMethod.Post, "freshchat/visitors", new { site = "comida" }))["id"]!;

    /// <summary>A customer writes; tells conversation and message.</summary>
    public async Task<(string Conversation, string Message)> WriteAsync(string visitorId, string text, bool withImage = false)
    {
        var parts = new JsonArray();
        if (withImage)
            parts.Add(new JsonObject { ["image"] = new JsonObject { ["url"] = "https://fc-media.example.test/1.png" } });
        parts.Add(new JsonObject { ["text"] = new JsonObject { ["content"] = text } });
        var written = await SendAsync(HttpMethod.Post, "freshchat/messages", new { site = "comida", visitorId, parts });
        return ((string)written["conversationId"]!, (string)written["messageId"]!);
    }

    public async Task<string> WriteAsPersonAsync(string conversation, string agentId, string text) =>
        (string)(await SendAsync(HttpMethod.Post, $"freshchat/desk/conversations/{conversation}/messages", new { agentId, text, @private = false }))["messageId"]!;

    /// <summary>Everything that happened, in order.</summary>
    public async Task<FarSideHistory> HistoryAsync()
    {
        var lines = await http.GetStringAsync("/sandbox/control/ledger");
        return new([.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)]);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/sandbox/control/{path}".TrimEnd('/')) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!;
    }
}
