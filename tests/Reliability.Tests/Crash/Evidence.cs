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

    private async Task<bool> NothingOpenAsync()
    {
        foreach (var status in new[] { "received", "waiting" })
            if ((await api.GetAsync($"deliveries?status={status}&limit=1")).Json["items"]!.AsArray().Count > 0)
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
            var page = (await api.GetAsync($"deliveries?action=message_create&limit=200&after={Uri.EscapeDataString(after)}")).Json;
            foreach (var item in page["items"]!.AsArray())
                recorded.Add((string)item!["messageId"]!, new((string)item["status"]!, (string?)item["reason"]));
            after = (string?)page["next"];
        }
        return recorded;
    }
}
