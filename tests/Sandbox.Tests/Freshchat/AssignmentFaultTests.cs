using System.Text.Json.Nodes;

namespace Sandbox.Tests.Freshchat;

/// <summary>An account that assigns by itself, and a bot's agent that does not let go (freshchat.md 12.3, 14.3).</summary>
public sealed class AssignmentFaultTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    [Fact]
    public async Task A_rule_may_put_the_conversation_into_another_group_after_ours()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var conversation = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        await sandbox.SendWebhooksToAsync(receiver);
        var (ours, other) = (sandbox.Group("Mammut Bot Support team"), sandbox.Group("Pedidos"));
        await sandbox.SwitchAsync("assignment-rule", 1);
        var answer = await PutAsync(conversation, new { assigned_group_id = ours });
        var read = await sandbox.ReadAsync($"/conversations/{conversation}");
        var (first, second) = (await receiver.NextAsync("conversation_assignment"), await receiver.NextAsync("conversation_assignment"));

        Assert.Equal((ours, other), (answer.Text("assigned_group_id"), read.Text("assigned_group_id")));
        Assert.Equal([("agent", ours), ("system", other)], new[] { first, second }.Select(e => ((string)e["data"]!["assignment"]!["assignor"]!, (string)e["data"]!["assignment"]!["to_group_id"]!)));
        await PutAsync(conversation, new { assigned_group_id = ours });
        Assert.Equal(ours, (await sandbox.ReadAsync($"/conversations/{conversation}")).Text("assigned_group_id"));
    }

    [Theory]
    [InlineData("person", "Lucía Ferrer")]
    [InlineData("bot", "Bot Mammut")]
    public async Task The_system_may_assign_new_and_reopened_chats(string whom, string name)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.SwitchAsync("automatic-assignment", whom);
        var visitor = await sandbox.VisitorAsync("comida");
        var conversation = await sandbox.WriteAsync(visitor, "Hola");
        var onNew = (await receiver.NextAsync("conversation_assignment"))["data"]!["assignment"]!;
        await sandbox.AtDeskAsync(conversation, "resolution", new { agentId = sandbox.Agent("Tomás Rey") });
        await sandbox.WriteAsync(visitor, "Otra vez");
        var onReopen = (await receiver.NextAsync("conversation_assignment"))["data"]!["assignment"]!;
        await sandbox.SwitchAsync("automatic-assignment", "nobody");

        Assert.All([onNew, onReopen], a => Assert.Equal(("system", sandbox.Agent(name)), ((string)a["assignor"]!, (string)a["to_agent_id"]!)));
    }

    [Theory]
    [InlineData("released-with-group", true, true, true)]
    [InlineData("released-by-empty", false, true, true)]
    [InlineData("released-by-space", false, false, true)]
    [InlineData("never", false, false, false)]
    public async Task The_bots_agent_may_cling_to_a_conversation(string clinging, bool byGroup, bool byEmpty, bool bySpace)
    {
        var conversation = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        await PutAsync(conversation, new { assigned_agent_id = sandbox.BotAgent });
        await sandbox.SwitchAsync("clinging-agent", clinging);
        var released = new List<bool>();
        foreach (object ask in new object[] { new { assigned_group_id = sandbox.Group("Pedidos") }, new { assigned_agent_id = "" }, new { assigned_agent_id = " " } })
        {
            await PutAsync(conversation, ask);
            released.Add((await sandbox.ReadAsync($"/conversations/{conversation}"))["assigned_agent_id"] is null);
        }
        await sandbox.AtDeskAsync(conversation, "assignment", new { byAgentId = sandbox.Agent("Tomás Rey"), agentId = sandbox.Agent("Tomás Rey") });
        var person = (await sandbox.ReadAsync($"/conversations/{conversation}")).Text("assigned_agent_id");
        await sandbox.SwitchAsync("clinging-agent", "released-with-group");

        Assert.Equal([byGroup, byEmpty, bySpace], released);
        Assert.Equal(sandbox.Agent("Tomás Rey"), person);
    }

    private async Task<JsonObject> PutAsync(string conversation, object change) =>
        await SandboxProcess.JsonAsync(await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{conversation}", change));
}
