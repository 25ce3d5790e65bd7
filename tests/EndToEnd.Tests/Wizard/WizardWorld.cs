using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Wizard;

/// <summary>A portal with its sandbox and a browser, and what an admin has at hand: the account's facts and the sandbox's switches.</summary>
public sealed class WizardWorld : IAsyncLifetime
{
    private PortalProcess _portal = null!;
    private Chromium _chromium = null!;
    private HttpClient _control = null!;

    /// <summary>What Freshchat's admin page shows.</summary>
    public JsonNode Account { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalProcess.StartAsync();
        _chromium = await Chromium.StartAsync();
        _control = new(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new($"{_portal.Address}/sandbox/control/") };
        Account = (await _control.GetFromJsonAsync<JsonNode>("freshchat/account"))!;
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _chromium.DisposeAsync();
        await _portal.DisposeAsync();
    }

    /// <summary>One fact of the account.</summary>
    public string Fact(string name) => (string)Account[name]!;

    /// <summary>The id of an agent or group, by a part of its name.</summary>
    public string Id(string list, string name) => (string)Account[list]!.AsArray().First(one => ((string)one!["name"]!).Contains(name, StringComparison.Ordinal))!["id"]!;

    /// <summary>Turns a switch of the sandbox.</summary>
    public async Task SwitchAsync(string name, object value)
    {
        using var answer = await _control.PutAsJsonAsync(name, new { value });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sends the account's webhooks to an address.</summary>
    public async Task SendWebhooksToAsync(string url)
    {
        using var answer = await _control.PutAsJsonAsync("freshchat/webhook", new { url, enabled = true });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A new customer of the food shop writes.</summary>
    public async Task WriteAsync(string text)
    {
        using var arrived = await _control.PostAsJsonAsync("freshchat/visitors", new { site = "comida" });
        var visitor = (await arrived.Content.ReadFromJsonAsync<JsonNode>())!;
        using var written = await _control.PostAsJsonAsync("freshchat/messages", new { visitorId = (string)visitor["id"]!, site = "comida", text });
        written.EnsureSuccessStatusCode();
    }

    /// <summary>The portal is killed and started again.</summary>
    public Task RestartPortalAsync() => _portal.RestartAsync();

    /// <summary>An admin who has signed in, on a device of their own.</summary>
    public async Task<WizardAdmin> AdminAsync(string language = "en", int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await _chromium.PersonAsync(_portal.Address, language, width, 900, scheme);
        var page = await context.NewPageAsync();
        var admin = new WizardAdmin(page, this, $"{language}-{scheme.ToString().ToLowerInvariant()}-{width}");
        await new Newcomer(page, page, language).SignInAsync();
        return admin;
    }
}
