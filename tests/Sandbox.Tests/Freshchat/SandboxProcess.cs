using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;

namespace Sandbox.Tests.Freshchat;

/// <summary>The sandbox as a process of its own would run: Kestrel on a free port, a state file that survives a restart.</summary>
public sealed class SandboxProcess : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sandbox").FullName;
    private WebApplication? _app;

    public HttpClient Http { get; private set; } = null!;
    public string AppId { get; private set; } = "";
    public string Token { get; private set; } = "";
    public string PublicKey { get; private set; } = "";
    public JsonObject Account { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _app = SandboxApp.Standalone([
            "--urls",
            "http://127.0.0.1:0",
            "--Sandbox:StateFile",
            Path.Combine(_folder, "sandbox.db"),
        ]);
        await _app.StartAsync();
        Http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = new(_app.Urls.First()) };
        Account = (await ControlAsync(HttpMethod.Get, "account")).AsObject();
        (AppId, Token, PublicKey) = (Account.Text("appId"), Account.Text("token"), Account.Text("publicKey"));
    }

    /// <summary>Ends the process and starts another one on the same state file.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await InitializeAsync();
    }

    public async Task StopAsync()
    {
        Http.Dispose();
        await _app!.StopAsync();
        await _app.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_folder, recursive: true);
    }

    public string BotAgent => Account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!.AsObject().Text("id");

    public string Agent(string name) =>
        Account["agents"]!.AsArray().Single(a => (string)a!["name"]! == name)!.AsObject().Text("id");

    public string Group(string name) =>
        Account["groups"]!.AsArray().First(g => (string)g!["name"]! == name)!.AsObject().Text("id");

    /// <summary>A request to Freshchat's API with the account's token.</summary>
    public async Task<HttpResponseMessage> ApiAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        using var request = new HttpRequestMessage(method, $"/sandbox/freshchat/v2{path}");
        request.Headers.Authorization = new("Bearer", token ?? Token);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        return await Http.SendAsync(request);
    }

    /// <summary>The body of a successful request to Freshchat's API.</summary>
    public async Task<JsonObject> ReadAsync(string path) => await JsonAsync(await ApiAsync(HttpMethod.Get, path));

    public static async Task<JsonObject> JsonAsync(HttpResponseMessage response)
    {
        using (response)
            return JsonNode.Parse(await response.Content.ReadAsStringAsync())!.AsObject();
    }

    /// <summary>A request to the addresses that pages and tests use; it must succeed.</summary>
    public async Task<JsonNode> ControlAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, $"/sandbox/control/freshchat/{path}");
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async Task SwitchAsync(string name, object value)
    {
        using var response = await Http.PutAsJsonAsync($"/sandbox/control/freshchat/{name}", new { value });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public Task SendWebhooksToAsync(WebhookReceiver receiver) => SendWebhooksToAsync(receiver.Url);

    public Task SendWebhooksToAsync(string url) => ControlAsync(HttpMethod.Put, "webhook", new { url, enabled = true });

    public async Task<string> VisitorAsync(string? site, string? referenceId = null) =>
        (await ControlAsync(HttpMethod.Post, "visitors", new { site, referenceId })).AsObject().Text("id");

    /// <summary>A customer writes; returns the conversation's id.</summary>
    public async Task<string> WriteAsync(string visitorId, string text, string site = "comida", bool startNew = false) => (
            await ControlAsync(
                HttpMethod.Post,
                "messages",
                new
                {
                    site,
                    visitorId,
                    text,
                    startNew,
                }
            )
        ).AsObject().Text("conversationId");

    public Task<JsonNode> AtDeskAsync(string conversation, string act, object body) =>
        ControlAsync(HttpMethod.Post, $"desk/conversations/{conversation}/{act}", body);

    /// <summary>The bot answers through the API.</summary>
    public Task<HttpResponseMessage> ReplyAsync(string conversation, string text) =>
        ApiAsync(
            HttpMethod.Post,
            $"/conversations/{conversation}/messages",
            new
            {
                message_parts = new[] { new { text = new { content = text } } },
                message_type = "normal",
                actor_type = "agent",
                actor_id = BotAgent,
            }
        );
}

internal static class Json
{
    /// <summary>A text field that must be there.</summary>
    public static string Text(this JsonObject json, string name) => json[name]!.GetValue<string>();

    /// <summary>One of the contract's example payloads.</summary>
    public static JsonNode Example(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            folder = folder.Parent!;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "tests", "Payloads", $"{name}.json")))!;
    }

    /// <summary>Every field with the kind of its value; of a list of objects the first entry counts. Order of fields means nothing.</summary>
    public static IEnumerable<string> Shape(JsonNode? node, string at = "") =>
        node switch
        {
            JsonObject o => o.SelectMany(p => Shape(p.Value, $"{at}.{p.Key}")).Order(StringComparer.Ordinal),
            JsonArray { Count: > 0 } a when a[0] is JsonObject => Shape(a[0], $"{at}[]"),
            JsonArray => [$"{at}[]"],
            null => [$"{at}: Null"],
            _ when node.GetValueKind() is JsonValueKind.True or JsonValueKind.False => [$"{at}: Boolean"],
            _ => [$"{at}: {node.GetValueKind()}"],
        };

    /// <summary>Asserts that an answer has the fields of an example, no more and no less.</summary>
    public static void AssertShapeOf(string example, JsonNode? actual) => Assert.Equal(Shape(Example(example)), Shape(actual));
}
