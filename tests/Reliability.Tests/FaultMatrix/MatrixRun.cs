using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Support;

namespace Reliability.Tests.FaultMatrix;

/// <summary>What a row came to.</summary>
/// <param name="Fault">What the switch does, in the sandbox's own words.</param>
/// <param name="Seconds">From the end of the fault until the job was done and a new customer had an answer.</param>
internal sealed record RowResult(FaultRow Row, string Fault, string Customer, string Admin, double Seconds, IReadOnlyList<string> Violations);

/// <summary>One row against a real portal of its own: the fault comes, the job is done under it, the fault goes.</summary>
internal static class MatrixRun
{
    // The longest a fault lasts; shorter when the job is done before.
    private static readonly TimeSpan FaultLasts = TimeSpan.FromSeconds(2.5);

    private static readonly Dictionary<string, string?> Settings = new()
    {
        ["Freshchat:Timeout"] = "00:00:02",
        ["Mammut:Timeout"] = "00:00:02",
        ["Mammut:AnswerWait"] = "00:00:02",
        ["Inbox:AnswerDeadline"] = "00:00:10",
    };

    public static async Task<RowResult> RunAsync(FaultRow row)
    {
        await using var portal = await RunningPortal.StartAsync(
            new Dictionary<string, string?>(Settings) { ["Mammut:Mode"] = row.Relay ? "Relay" : "Rooms" }
        );
        var sandbox = new SandboxSide(portal.Http);
        var account = await sandbox.AccountAsync();
        var bot = await ConnectAsync(portal, account);
        var admin = new AdminSide(portal.Api, (Guid)bot["id"]!);
        await sandbox.SendWebhooksToAsync((string)bot["webhookUrl"]!);
        await sandbox.TurnAsync("sandbox/ledger", true);
        await sandbox.TurnAsync("freshchat/retry-pauses", "0.3,0.7,1.5,3,5");
        var switches = (await sandbox.SwitchesAsync()).ToDictionary(s => $"{s["system"]}/{s["name"]}");

        var person = (string)account["agents"]!.AsArray().First(a => !(bool)a!["isBot"]! && !(bool)a["isDeactivated"]!)!["id"]!;
        var job = new MainJob(sandbox, row, person);
        await job.PrepareAsync();
        foreach (var (which, value) in row.With.Append((row.Switch, row.Value)))
            await sandbox.TurnAsync(which, value);
        await job.DoAsync();
        await Patience.UntilAsync(async () => !row.Unheard && job.IsDone(await sandbox.HistoryAsync()), FaultLasts);
        await admin.LookAsync();

        foreach (var (which, _) in row.With.Append((row.Switch, row.Value)))
            await sandbox.TurnAsync(which, switches[which]["default"]!);
        var over = Stopwatch.StartNew();
        if (row.NewToken)
            await portal.Api.PostAsync($"bots/{bot["id"]}/token", new { apiToken = account["token"] });
        var violations = new List<string>();
        await Patience.UntilAsync(async () => job.IsDone(await sandbox.HistoryAsync()), Patience.Long);
        if (job.WithPerson && !await Patience.UntilAsync(() => admin.LeftToPeopleAsync(job.Writes.Message), Patience.Long))
            violations.Add("what was said to the person was not left to people");
        var next = await sandbox.WriteAsync(await sandbox.ArriveAsync(), "Buenas noches");
        if (!await Patience.UntilAsync(async () => (await sandbox.HistoryAsync()).Replies(next.Conversation).Count > 0, Patience.Long))
            violations.Add("after the fault a new customer got no answer");
        var seconds = over.Elapsed.TotalSeconds;

        // What is still on its way could be one too many.
        if (!await Patience.UntilAsync(admin.IsQuietAsync, Patience.Long))
            violations.Add("a message is still waiting");
        await admin.LookAsync();
        var history = await sandbox.HistoryAsync();
        violations.AddRange(job.Violations(history));
        var fault = (string)switches[row.Switch]["description"]!;
        return new(row, fault, job.Seen(history), admin.Seen(), seconds, violations);
    }

    private static async Task<JsonNode> ConnectAsync(RunningPortal portal, JsonNode account)
    {
        var connected = await portal.Api.PostAsync(
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
        Assert.True(connected.Status == HttpStatusCode.Created, connected.Text);
        return connected.Json;
    }
}
