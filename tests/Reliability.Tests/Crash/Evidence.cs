using System.Net;
using System.Text.Json.Nodes;
using Support;

namespace Reliability.Tests.Crash;

/// <summary>Waits until a run has come to rest and gathers what the account needs.</summary>
internal sealed class Evidence(Ledger ledger, SandboxControl sandbox, PortalApi api)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Over when every event is acknowledged and no delivery is open, twice in a row, because an answer causes another event. A run that
    /// does not come to rest is accounted for as it is.
    /// </summary>
    public async Task DrainAsync()
    {
        var began = TimeProvider.System.GetTimestamp();
        for (var quiet = 0; quiet < 2 && TimeProvider.System.GetElapsedTime(began) < Patience; )
            quiet = !await ledger.ReadOnAsync(sandbox) && ledger.EverythingDelivered() && await NothingOpenAsync() ? quiet + 1 : 0;
    }

    /// <summary>Accounts for every message.</summary>
    public async Task<Account> AccountAsync() => new(ledger, await AssignmentsAsync(), await RecordedAsync());

    /// <summary>Each finding with what both sides know about its conversation.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Account account)
    {
        var lines = new List<string>();
        foreach (var finding in account.Findings)
        {
            lines.Add($"{finding.Fault} in {finding.Conversation}: {finding.What}");
            lines.AddRange(ledger.Messages.Where(m => m.ConversationId == finding.Conversation).Select(m => $"  {m}"));
            lines.AddRange(ledger.Attempts.Where(a => a.ConversationId == finding.Conversation && !a.NotTaken).Select(a => $"  {a}"));
            var known = (await ReadAsync($"conversations?freshchatId={finding.Conversation}"))["items"]!.AsArray();
            lines.Add("  " + (known.Count == 0 ? "unknown to the portal" : (await ReadAsync($"conversations/{known[0]!["id"]}")).ToJsonString()));
        }
        return lines;
    }

    private async Task<bool> NothingOpenAsync()
    {
        foreach (var status in new[] { "received", "waiting" })
            if ((await ReadAsync($"deliveries?status={status}&limit=1"))["items"]!.AsArray().Count > 0)
                return false;
        return true;
    }

    // The ledger names an assignment's event; only its body says who assigned to whom.
    private async Task<Dictionary<long, Meaning>> AssignmentsAsync()
    {
        var bot = (string)(await sandbox.AccountAsync())["agents"]!.AsArray().Single(a => (bool)a!["isBot"]!)!["id"]!;
        var meanings = new Dictionary<long, Meaning>();
        foreach (var id in ledger.Attempts.Where(a => a.Action == "conversation_assignment").Select(a => a.EventId).Distinct())
            meanings[id] = Meant((await sandbox.WebhookBodyAsync(id))["data"]!["assignment"]!, bot);
        return meanings;
    }

    private static Meaning Meant(JsonNode assignment, string bot)
    {
        var (by, agent, group) = ((string?)assignment["assignor_id"], (string?)assignment["to_agent_id"], (string?)assignment["to_group_id"]);
        if (by == bot)
            return string.IsNullOrEmpty(group) ? Meaning.None : Meaning.HandOver;
        return string.IsNullOrEmpty(agent) || agent == bot ? Meaning.None : Meaning.TakeOver;
    }

    private async Task<Dictionary<string, Recorded>> RecordedAsync()
    {
        var recorded = new Dictionary<string, Recorded>();
        for (string? after = ""; after is not null; )
        {
            var page = await ReadAsync($"deliveries?action=message_create&limit=200&after={Uri.EscapeDataString(after)}");
            foreach (var item in page["items"]!.AsArray())
                recorded.Add((string)item!["messageId"]!, new((string)item["status"]!, (string?)item["reason"]));
            after = (string?)page["next"];
        }
        return recorded;
    }

    private async Task<JsonNode> ReadAsync(string path)
    {
        var answer = await api.GetAsync(path);
        return answer.Status is HttpStatusCode.OK ? answer.Json : throw new InvalidOperationException($"{path}: {answer.Status} {answer.Text}");
    }
}
