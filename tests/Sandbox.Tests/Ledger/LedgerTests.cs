using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Sandbox.Tests.Freshchat;

namespace Sandbox.Tests.Ledger;

/// <summary>What proofs count: messages, webhook attempts, assignments and thoughts, each once and in order.</summary>
public sealed class LedgerTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    [Fact]
    public async Task Everything_that_happens_is_a_line_with_its_times_until_a_reset()
    {
        await TurnAsync(true);
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        var conversation = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "¿Hay postre?");
        using (await sandbox.ReplyAsync(conversation, "Flan")) { }
        var group = sandbox.Group("Pedidos");
        using (await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{conversation}", new { assigned_group_id = group })) { }
        await receiver.NextAsync("conversation_assignment");

        var lines = await LinesAsync(until: all => all.Count(l => (string?)l["kind"] == "webhook") == 4);

        Assert.Equal(Enumerable.Range(1, lines.Count), lines.Select(l => (int)l["n"]!));
        var messages = Of(lines, "message");
        Assert.Equal(["system", "user", "agent"], messages.Select(m => (string)m["actorType"]!));
        Assert.Equal([".", "¿Hay postre?", "Flan"], messages.Select(m => (string)m["text"]!));
        Assert.Equal([false, false, true], messages.Select(m => (bool)m["byApi"]!));
        Assert.All(messages, m => Assert.True((double)m["arrivedAt"]! < (double)m["storedAt"]!));
        var attempts = Of(lines, "webhook");
        Assert.Equal(messages.Select(m => (string?)m["id"]), attempts.Take(3).Select(a => (string?)a["messageId"]));
        Assert.All(attempts, a => Assert.Equal((0, 200), ((int)a["attempt"]!, (int)a["status"]!)));
        Assert.All(attempts, a => Assert.True((double)a["sentAt"]! < (double)a["answeredAt"]!));
        var assigned = Assert.Single(Of(lines, "assignment"));
        Assert.Equal((group, group, null), ((string?)assigned["askedGroupId"], (string?)assigned["groupId"], (string?)assigned["askedAgentId"]));
        Assert.Equal((string)lines[^1]["kind"]!, (string)(await LinesAsync(_ => true, after: lines.Count - 1)).Single()["kind"]!);

        using (await sandbox.Http.PostAsync("/sandbox/control/reset", null)) { }
        await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        Assert.Empty(await LinesAsync(_ => true));
    }

    private async Task TurnAsync(bool on)
    {
        using var response = await sandbox.Http.PutAsJsonAsync("/sandbox/control/sandbox/ledger", new { value = on });
        response.EnsureSuccessStatusCode();
    }

    private static List<JsonNode> Of(List<JsonNode> lines, string kind) => [.. lines.Where(l => (string?)l["kind"] == kind)];

    private async Task<List<JsonNode>> LinesAsync(Func<List<JsonNode>, bool> until, int after = 0)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var text = await sandbox.Http.GetStringAsync($"/sandbox/control/ledger?after={after}", patience.Token);
            List<JsonNode> lines = [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
            if (until(lines))
                return lines;
        }
    }
}
