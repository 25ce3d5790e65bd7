using System.Text.Json.Nodes;
using Support;

namespace Reliability.Tests.FaultMatrix;

/// <summary>What an admin sees of a bot and its messages, by the management API; adds up over several looks.</summary>
internal sealed class AdminSide(PortalApi api, Guid bot)
{
    private readonly SortedSet<string> _health = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _refused = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _attempts = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _outcomes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _handOvers = new(StringComparer.Ordinal);

    /// <summary>Looks at the bot and at everything it was sent.</summary>
    public async Task LookAsync()
    {
        var view = (await api.GetAsync($"bots/{bot}")).Json;
        foreach (var check in view["health"]!.AsArray().Where(c => (string?)c!["state"] is "warning" or "failed"))
            _health.Add((string?)check!["code"] ?? "?");
        foreach (var refused in view["rejected"]!.AsArray())
            _refused.Add((string)refused!["code"]!);
        foreach (var listed in await DeliveriesAsync())
        {
            var delivery = (await api.GetAsync($"deliveries/{listed!["id"]}")).Json;
            if ((string?)delivery["actorType"] == "user" && (string?)delivery["reason"] is { } reason)
                _outcomes.Add(reason);
            if ((string?)delivery["status"] == "dead")
                _outcomes.Add("dead");
            if ((int)delivery["duplicates"]! > 0)
                _outcomes.Add("duplicates counted");
            foreach (var attempt in delivery["attempts"]!.AsArray().Where(a => a!["code"] is not null))
                _attempts.Add($"{attempt!["step"]}: {attempt["code"]}");
        }
        foreach (var listed in (await api.GetAsync("conversations?limit=100")).Json["items"]!.AsArray())
        {
            var conversation = (await api.GetAsync($"conversations/{listed!["id"]}")).Json;
            if ((bool)conversation["peopleMayNotSeeIt"]!)
                _handOvers.Add("people may not see it");
            foreach (var turn in conversation["turns"]!.AsArray())
                if (turn!["handOver"] is { } handOver)
                    _handOvers.Add((string?)handOver["verdict"] ?? "not confirmed yet");
        }
    }

    /// <summary>Whether a message of a customer was left to people.</summary>
    public async Task<bool> LeftToPeopleAsync(string message) =>
        (await DeliveriesAsync()).Any(d => (string?)d["messageId"] == message && (string?)d["reason"] == "people_own");

    /// <summary>Whether nothing waits any more.</summary>
    public async Task<bool> IsQuietAsync() =>
        (await DeliveriesAsync()).All(d => (string?)d["status"] is not ("received" or "waiting"));

    /// <summary>Everything seen, in a sentence.</summary>
    public string Seen()
    {
        var all = new[] { ("bot", _health), ("refused", _refused), ("attempts", _attempts), ("messages", _outcomes), ("hand-over", _handOvers) };
        var seen = string.Join("; ", all.Where(a => a.Item2.Count > 0).Select(a => $"{a.Item1}: {string.Join(", ", a.Item2)}"));
        return seen.Length > 0 ? seen : "nothing unusual";
    }

    // All of them: older generations of webhooks spell the conversation's id otherwise (freshchat.md 7).
    private async Task<IEnumerable<JsonNode>> DeliveriesAsync() =>
        (await api.GetAsync("deliveries?limit=100")).Json["items"]!.AsArray().Select(d => d!);
}
