using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Benchmarks.Load;

namespace Benchmarks.Servers;

/// <summary>
/// The portal as an operator runs it: published, Production, sandbox off, logging at Warning. Only the far sides are on this
/// machine, and its database is in a folder of its own.
/// </summary>
internal sealed class MeasuredPortal : IAsyncDisposable
{
    private const string ApiKey = "a-bootstrap-key-for-benchmarks-of-more-than-32-characters";

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });

    private MeasuredPortal(ServerProcess process)
    {
        Process = process;
        _http.BaseAddress = process.Address;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
    }

    public ServerProcess Process { get; }

    /// <summary>Where a connected bot's webhooks go; null while there is none.</summary>
    public Uri? Webhook { get; private set; }

    /// <summary>Starts a portal on that database.</summary>
    /// <param name="database">Where it stores.</param>
    /// <param name="farSides">Address of the far sides.</param>
    /// <param name="settings">Further settings, stated with the figures.</param>
    public static async Task<MeasuredPortal> StartAsync(Database database, Uri farSides, IReadOnlyDictionary<string, string>? settings = null)
    {
        var all = new Dictionary<string, string>(database.Settings)
        {
            ["environment"] = "Production",
            ["urls"] = "http://127.0.0.1:0",
            ["Portal:PublicUrl"] = "https://portal.invalid",
            ["Authentication:Oidc:Authority"] = "https://identity.invalid",
            ["Sandbox:Enabled"] = "false",
            ["Outbound:AllowHttpLoopback"] = "true",
            ["Mammut:BaseUrl"] = new Uri(farSides, "mammut").ToString(),
            ["Api:BootstrapKey"] = ApiKey,
            ["Logging:LogLevel:Default"] = "Warning",
            // The one line that tells the address.
            ["Logging:LogLevel:Portal"] = "Information",
        };
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
            all[key] = value;
        var process = await ServerProcess.StartAsync([PublishedPortal.Dll, .. all.Select(setting => $"--{setting.Key}={setting.Value}")]);
        await Task.Yield();
        return new(process);
    }

    /// <summary>Connects the account's bot; it is live afterwards.</summary>
    public async Task ConnectAsync(Account account, Uri farSides)
    {
        var bot = await CallAsync(
            HttpMethod.Post,
            "bots",
            new
            {
                name = "benchmark",
                freshchat = new
                {
                    chatUrl = new Uri(farSides, "freshchat/v2").ToString(),
                    appId = account.AppId,
                    apiToken = account.Token,
                    agentId = account.AgentId,
                    groupName = Account.GroupName,
                    publicKeys = new[] { account.PublicKey() },
                },
            }
        );
        Know(bot);
    }

    /// <summary>Finds the bot that the database already has.</summary>
    public async Task FindAsync() => Know(await CallAsync(HttpMethod.Get, $"bots/{await BotIdAsync()}", null));

    /// <summary>Pauses or resumes the bot.</summary>
    public async Task PauseAsync(bool paused) =>
        await CallAsync(HttpMethod.Post, $"bots/{await BotIdAsync()}/{(paused ? "pause" : "resume")}", null);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Process.DisposeAsync();
    }

    private async Task<string> BotIdAsync() => (string)(await CallAsync(HttpMethod.Get, "bots", null))["items"]![0]!["id"]!;

    private void Know(JsonNode bot) => Webhook = new Uri(Process.Address, new Uri((string)bot["webhookUrl"]!).AbsolutePath);

    private async Task<JsonNode> CallAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        // Sockets complete on their own thread here; what follows may block and must not do so on it.
        await Task.Yield();
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new InvalidOperationException($"{path}: {text}");
    }
}
