using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Support;

namespace Reliability.Tests.Crash;

/// <summary>One run: portals under load, killed and started again, and the account of it.</summary>
/// <param name="title">Which database, on how many nodes.</param>
/// <param name="nodes">How many portals share the database.</param>
/// <param name="kills">How often one of them is killed.</param>
/// <param name="seed">Of everything that is random here; how the processes interleave is not.</param>
/// <param name="database">The settings of the database.</param>
internal sealed class CrashRun(string title, int nodes, int kills, int seed, IReadOnlyDictionary<string, string?> database)
{
    private const int Customers = 20;

    /// <summary>Runs and accounts; the table lies in <c>artifacts/crash</c> afterwards.</summary>
    public async Task<CrashReport> RunAsync()
    {
        using var folder = new TemporaryFolder();
        await using var sandbox = await SandboxProcess.StartAsync(folder);
        await using var relay = await Relay.StartAsync();
        var settings = Settings(sandbox.Url);
        var portals = Enumerable.Range(1, nodes).Select(number => new Node(number, relay, settings)).ToList();
        try
        {
            var agent = await ConnectAsync(sandbox.Control, relay, portals);
            using var stop = new CancellationTokenSource();
            var ledger = new Ledger();
            var load = new Crowd(sandbox.Control, ledger, agent, Customers, seed).RunAsync(stop.Token);
            var killing = KillAsync(portals);
            while (!killing.IsCompleted && !load.IsCompleted)
                await ledger.ReadOnAsync(sandbox.Control);
            await killing;
            await stop.CancelAsync();
            await load;
            using var api = Api(await portals[0].Listening);
            var evidence = new Evidence(ledger, sandbox.Control, api);
            await evidence.DrainAsync();
            var account = await evidence.AccountAsync();
            return new(title, seed, kills, ledger.Attempts.Count, account, await evidence.OfAsync(account));
        }
        finally
        {
            foreach (var portal in portals)
                await portal.DisposeAsync();
            CrashReport.Keep(title, "console", portals.SelectMany(p => p.Output));
        }
    }

    private Dictionary<string, string?> Settings(string sandbox) =>
        new(database)
        {
            ["environment"] = "Production",
            ["urls"] = "http://127.0.0.1:0",
            ["Portal:PublicUrl"] = "https://portal.example.test",
            ["Authentication:Oidc:Authority"] = "https://identity.example.test",
            ["Api:BootstrapKey"] = RunningPortal.ApiKey,
            ["Sandbox:Enabled"] = "false",
            ["Outbound:AllowHttpLoopback"] = "true",
            ["Mammut:BaseUrl"] = sandbox + "/mammut",
            ["Mammut:GraceWindow"] = "00:00:00.200",
            ["Mammut:PollInterval"] = "00:00:00.100",
            ["Inbox:QuietWindow"] = "00:00:00.150",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Logging:LogLevel:Portal"] = "Information",
        };

    private static async Task<string> ConnectAsync(SandboxControl sandbox, Relay relay, List<Node> portals)
    {
        var account = await sandbox.AccountAsync();
        await sandbox.SwitchAsync("sandbox", "ledger", true);
        await sandbox.SwitchAsync("freshchat", "retry-count", 10_000);
        await sandbox.SwitchAsync("freshchat", "retry-pauses", "0.5,1");
        portals[0].Start();
        using var api = Api(await portals[0].Listening);
        var agents = account["agents"]!.AsArray();
        var connected = await api.PostAsync(
            "bots",
            new
            {
                name = "freshbot",
                freshchat = new
                {
                    chatUrl = account["chatUrl"],
                    appId = account["appId"],
                    apiToken = account["token"],
                    agentId = agents.Single(a => (bool)a!["isBot"]!)!["id"],
                    groupName = "Mammut Bot Support team",
                    publicKeys = new[] { account["publicKey"] },
                },
                sites = new[] { new { siteId = "comida", context = "comida" } },
            }
        );
        Assert.True(connected.Status == System.Net.HttpStatusCode.Created, connected.Text);
        await sandbox.SendWebhooksToAsync(relay.Url + new Uri((string)connected.Json["webhookUrl"]!).AbsolutePath);
        foreach (var other in portals.Skip(1))
        {
            other.Start();
            await other.Listening;
        }
        return (string)agents.First(a => !(bool)a!["isBot"]! && !(bool)a["isDeactivated"]!)!["id"]!;
    }

    private async Task KillAsync(List<Node> portals)
    {
        var chance = new Random(seed);
        for (var kill = 0; kill < kills; kill++)
        {
            // One node may die while it starts; of several only one is down at a time.
            if (nodes > 1 || chance.Next(4) > 0)
                await Task.WhenAll(portals.Select(p => p.Listening));
            await Task.Delay(TimeSpan.FromSeconds(0.5 + 3.5 * chance.NextDouble()), TimeProvider.System, CancellationToken.None);
            var victim = portals[kill % nodes];
            await victim.KillAsync();
            victim.Start();
        }
        await Task.WhenAll(portals.Select(p => p.Listening));
    }

    private static PortalApi Api(string url)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = new Uri(url) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningPortal.ApiKey);
        return new(http);
    }
}
