using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Pages;

/// <summary>A portal in which every page has something to show, and a browser in which an admin is signed in.</summary>
public sealed class SeededPortal : IAsyncLifetime
{
    private const string ApiKey = "a-bootstrap-key-for-tests-of-more-than-32-characters";
    private const string Question = "¿Qué me recomienda?";
    private const string Unknown = "¿Puedo pagar con bonos del ayuntamiento?";

    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, IReadOnlyList<string>> _addresses = [];
    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<Look, IBrowserContext> _readers = [];
    private Support.PortalProcess _portal = null!;
    private Chromium _chromium = null!;
    private string _signedIn = "";

    /// <summary>Where the portal listens.</summary>
    public string Url => _portal.Url;

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
        await SeedAsync();
        await SignInAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_portal is not null)
            await _portal.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>The addresses at which a page is looked at.</summary>
    public IReadOnlyList<string> AddressesOf(string route)
    {
        if (_addresses.TryGetValue(route, out var known))
            return known;
        Assert.False(
            route.Contains('{', StringComparison.Ordinal),
            $"The page {route} takes values that the seeded portal does not know: name its addresses in SeededPortal."
        );
        return [route];
    }

    /// <summary>An address with words in the place of ids, which differ from run to run.</summary>
    public string NameOf(string address) =>
        _names.Aggregate(address, (name, id) => name.Replace(id.Key, id.Value, StringComparison.Ordinal));

    /// <summary>A browser of an admin who reads in this way.</summary>
    internal async Task<IBrowserContext> ReaderAsync(Look look)
    {
        if (_readers.TryGetValue(look, out var known))
            return known;
        var scheme = look.Theme is "dark" ? ColorScheme.Dark : ColorScheme.Light;
        var reader = await _chromium.PersonAsync(Url, look.Language, look.Width, look.Width < 700 ? 844 : 900, scheme, _signedIn);
        await reader.AddCookiesAsync([new() { Name = "theme", Value = look.Theme, Url = Url }]);
        return _readers[look] = reader;
    }

    private async Task SeedAsync()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = new Uri(Url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        using var api = new PortalApi(http);
        using var sandbox = new SandboxControl(Url + "/sandbox");
        var account = await sandbox.AccountAsync();

        var bot = await CreateAsync(api, Settings(account, "freshbot", draft: false));
        await sandbox.SendWebhooksToAsync((string)bot["webhookUrl"]!);
        var elsewhere = await sandbox.WriteAsync(await sandbox.ArriveAsync("utensilios"), "utensilios", Question);
        var food = await sandbox.ArriveAsync("comida");
        await sandbox.WriteAsync(food, "comida", Question);
        var conversation = await sandbox.WriteAsync(food, "comida", Unknown);
        var handedOver = await Eventually.BecomesAsync(
            async () => (await api.GetAsync($"conversations?freshchatId={conversation}")).Json["items"]!.AsArray() is [{ } found] ? found : null,
            found => (string?)found?["owner"] == "people",
            "people have the conversation"
        );
        // Whoever reads it sees why the bot is silent now.
        await sandbox.WriteAsync(food, "comida", "¿Sigue ahí?");
        await Eventually.BecomesAsync(
            () => api.GetAsync("deliveries?status=ignored"),
            answer => answer.Text.Contains("people_own", StringComparison.Ordinal),
            "the message is left to people"
        );
        // A stranger at the door, so that what was refused is there to be seen.
        using var forged = new StringContent("{}");
        using (var refused = await http.PostAsync(new Uri((string)bot["webhookUrl"]!), forged))
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        var draft = await CreateAsync(api, Settings(account, "tienda-2", draft: true));
        var deliveries = (await api.GetAsync("deliveries?limit=200")).Json["items"]!.AsArray();
        string OneOf(Func<JsonNode, bool> which) => $"/deliveries/{(string)deliveries.First(d => which(d!))!["id"]!}";

        _names[(string)bot["id"]!] = "live";
        _names[(string)draft["id"]!] = "draft";
        _addresses["/help/{Code}"] = ["/help/token_refused", "/help/superseded_conversation", "/help/no-such-code"];
        _addresses["/bots/{Id:guid}"] = [$"/bots/{(string)bot["id"]!}"];
        _addresses["/bots/{Id:guid}/connect"] = [$"/bots/{(string)draft["id"]!}/connect"];
        var unmapped = (await api.GetAsync($"conversations?freshchatId={elsewhere}")).Json["items"]![0]!;
        _addresses["/conversations/{Id}"] = [$"/conversations/{(string)handedOver!["id"]!}", $"/conversations/{(string)unmapped["id"]!}"];
        _addresses["/deliveries/{Id}"] = [OneOf(d => (string?)d["action"] == "message_create" && (string?)d["status"] == "handled")];
    }

    // What further addresses a page has, it says itself: the steps of the wizard, the tabs of a bot.
    private async Task SignInAsync()
    {
        await using var person = await _chromium.PersonAsync(Url, "en");
        var newcomer = new Newcomer(await person.NewPageAsync(), null!, "en");
        await newcomer.SignInAsync();
        var wizard = _addresses["/bots/{Id:guid}/connect"][0];
        await newcomer.Portal.GotoAsync(wizard);
        await newcomer.Portal.Locator("[data-testid^=wizard-step-]").First.WaitForAsync();
        _addresses["/bots/{Id:guid}/connect"] = await newcomer.Portal.EvaluateAsync<string[]>(
            "wizard => [...document.querySelectorAll('[data-testid^=wizard-step-]')].map(s => wizard + '?step=' + s.dataset.testid.slice('wizard-step-'.length))",
            wizard
        );
        await newcomer.Portal.GotoAsync(_addresses["/bots/{Id:guid}"][0]);
        await newcomer.Portal.Locator(".tabs a").First.WaitForAsync();
        _addresses["/bots/{Id:guid}/{Tab}"] = await newcomer.Portal.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.tabs a')].map(tab => new URL(tab.href).pathname).slice(1)"
        );
        _signedIn = await person.StorageStateAsync();
    }

    private static object Settings(JsonNode account, string name, bool draft) =>
        new
        {
            draft,
            name,
            freshchat = new
            {
                chatUrl = account["chatUrl"],
                appId = account["appId"],
                apiToken = account["token"],
                agentId = account["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"],
                groupName = "Mammut Bot Support team",
                publicKeys = new[] { account["publicKey"] },
            },
            // The other shop is left to be found as an unknown site.
            sites = new[] { new { siteId = "comida", context = "comida" } },
        };

    private static async Task<JsonNode> CreateAsync(PortalApi api, object settings)
    {
        var created = await api.PostAsync("bots", settings);
        Assert.True(created.Status == HttpStatusCode.Created, created.Text);
        return created.Json;
    }
}
