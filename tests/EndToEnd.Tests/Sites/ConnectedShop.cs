using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Sites;

/// <summary>A portal with one live bot that knows the site <c>comida</c> alone, and a browser in which somebody is signed in.</summary>
public sealed class ConnectedShop : IAsyncLifetime
{
    private const string ApiKey = "a-bootstrap-key-for-tests-of-more-than-32-characters";

    private readonly TemporaryFolder _folder = new();
    private Support.PortalProcess _portal = null!;
    private Chromium _chromium = null!;
    private HttpClient _http = null!;

    /// <summary>Where the portal listens.</summary>
    public string Url => _portal.Url;

    /// <summary>The bot's id.</summary>
    public string Bot { get; private set; } = "";

    /// <summary>The page of its sites.</summary>
    public string Page => $"/bots/{Bot}/sites";

    internal PortalApi Api { get; private set; } = null!;

    internal SandboxControl Sandbox { get; private set; } = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _portal = await Support.PortalProcess.StartAsync(
            Support.PortalProcess.BuiltDll,
            Support.Repository.Root,
            _folder,
            new Dictionary<string, string?>
            {
                ["Api:BootstrapKey"] = ApiKey,
                ["Inbox:QuietWindow"] = "00:00:00",
                ["Mammut:GraceWindow"] = "00:00:00.200",
                ["Mammut:PollInterval"] = "00:00:00.100",
            }
        );
        _chromium = await Chromium.StartAsync();
        _http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Url) };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        (Api, Sandbox) = (new(_http), new(Url + "/sandbox"));
        await ConnectAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Sandbox?.Dispose();
        Api?.Dispose();
        _http?.Dispose();
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The rules as they were at first.</summary>
    public async Task StartAfreshAsync()
    {
        var put = await Api.SendAsync(HttpMethod.Put, $"bots/{Bot}/sites", new[] { new { siteId = "comida", context = "comida" } });
        Assert.True(put.Status == HttpStatusCode.OK, put.Text);
    }

    /// <summary>Somebody who is signed in and looks at the page of the sites.</summary>
    internal async Task<Newcomer> LookAsync(string language, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var person = await _chromium.PersonAsync(Url, language, width, 900, scheme);
        var newcomer = new Newcomer(await person.NewPageAsync(), null!, language);
        await newcomer.SignInAsync();
        await newcomer.Portal.GotoAsync(Page);
        await newcomer.SeeAsync("sites-save");
        return newcomer;
    }

    /// <summary>The last thing that the bot said to a visitor, once it has said so much.</summary>
    public async Task<string> BotSaysAsync(string visitor, int times)
    {
        var chat = await Eventually.BecomesAsync(
            () => Sandbox.SendAsync(HttpMethod.Get, $"freshchat/visitors/{visitor}/chat", null),
            chat => Said(chat).Count() >= times,
            "the bot answers"
        );
        return Said(chat).Last();
    }

    private static IEnumerable<string> Said(JsonNode chat) =>
        chat["messages"]!.AsArray().Where(m => (string?)m!["from"] == "bot").Select(m => (string)m!["text"]!);

    private async Task ConnectAsync()
    {
        var account = await Sandbox.AccountAsync();
        var created = await Api.PostAsync(
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
                sites = new[] { new { siteId = "comida", context = "comida" } },
            }
        );
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        Bot = (string)created.Json["id"]!;
        await Sandbox.SendWebhooksToAsync((string)created.Json["webhookUrl"]!);
    }
}
