using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Bots;

/// <summary>A portal with one live bot, an admin before its page, and the far sides for others to change.</summary>
internal sealed class BotDesk : IAsyncDisposable
{
    private readonly PortalProcess _portal;
    private readonly Chromium _chromium;
    private readonly HttpClient _http;

    private BotDesk(PortalProcess portal, Chromium chromium, HttpClient http) => (_portal, _chromium, _http) = (portal, chromium, http);

    /// <summary>The admin's page.</summary>
    public IPage Page { get; private set; } = null!;

    /// <summary>The account as the sandbox tells it to an admin.</summary>
    public JsonNode Account { get; private set; } = null!;

    /// <summary>The bot as it was connected.</summary>
    public JsonNode Bot { get; private set; } = null!;

    public static async Task<BotDesk> StartAsync(string language = "en", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var portal = await PortalProcess.StartAsync();
        var http = new HttpClient { BaseAddress = new Uri(portal.Address) };
        var desk = new BotDesk(portal, await Chromium.StartAsync(), http);
        await desk.ConnectAsync();
        desk.Page = await (await desk._chromium.PersonAsync(portal.Address, language, width, scheme: scheme)).NewPageAsync();
        await desk.Page.GotoAsync("/");
        await desk.Page.Locator("[data-person=admin]").ClickAsync();
        await desk.GoAsync(null);
        return desk;
    }

    /// <summary>Opens a tab of the bot's page and waits until it answers to clicks.</summary>
    public async Task GoAsync(string? tab)
    {
        await Page.GotoAsync($"/bots/{Bot["id"]}{(tab is null ? "" : "/" + tab)}");
        await Assertions.Expect(Page.Locator("[data-interactive=true]").First).ToBeAttachedAsync();
        await SeeAsync("tab-overview");
    }

    public Task ClickAsync(string handle) => Page.GetByTestId(handle).First.ClickAsync();

    public Task FillAsync(string handle, string text) => Page.GetByTestId(handle).First.FillAsync(text);

    public Task SeeAsync(string handle) => Assertions.Expect(Page.GetByTestId(handle).First).ToBeVisibleAsync();

    public ILocator Find(string selector) => Page.Locator(selector);

    /// <summary>Calls the management API, as another admin would.</summary>
    public Task<JsonNode> ApiAsync(HttpMethod method, string path, object? body = null) =>
        SendAsync(method, "/api/v1/" + path, body, new AuthenticationHeaderValue("Bearer", PortalProcess.ApiKey));

    /// <summary>Does something in Freshchat, as an admin or a customer of the account would.</summary>
    public Task<JsonNode> FreshchatAsync(HttpMethod method, string path, object? body = null) => SendAsync(method, "/sandbox/control/freshchat/" + path, body);

    /// <summary>Changes the bot in Mammut, past the portal.</summary>
    public Task ChangeInMammutAsync(string property, string value) =>
        SendAsync(
            HttpMethod.Post,
            $"/sandbox/mammut/app:mammut-1/graph/user:{Bot["mammut"]!["mammutId"]}?{property}={Uri.EscapeDataString($"\"{value}\"")}",
            new { }
        );

    public Task PictureAsync(string name) =>
        Picture.TakeAsync(Page, System.IO.Path.Combine(Repository.Screenshots, $"{name}.png"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _chromium.DisposeAsync();
        await _portal.DisposeAsync();
    }

    private async Task ConnectAsync()
    {
        Account = await FreshchatAsync(HttpMethod.Get, "account");
        Bot = await ApiAsync(
            HttpMethod.Post,
            "bots",
            new
            {
                name = "freshbot",
                freshchat = new
                {
                    chatUrl = Account["chatUrl"],
                    apiToken = Account["token"],
                    agentId = Account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"],
                    groupName = "Mammut Bot Support team",
                    publicKeys = new[] { Account["publicKey"] },
                },
                sites = new[] { new { siteId = "comida", context = "comida" } },
            }
        );
        await FreshchatAsync(HttpMethod.Put, "webhook", new { url = Bot["webhookUrl"], enabled = true });
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, AuthenticationHeaderValue? key = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = key;
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path.Split('?')[0]}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }
}
