using System.Text;
using System.Text.Json.Nodes;

namespace Sandbox.Tests.Freshchat;

/// <summary>What a webhook says, in each generation (freshchat.md 6, 7).</summary>
public sealed class WebhookPayloadTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    private string Lucia => sandbox.Agent("Lucía Ferrer");
    private string Support => sandbox.Group("Mammut Bot Support team");

    // The vendor's samples differ in who reopens and in what is assigned meanwhile; the shape follows the situation.
    [Theory]
    [InlineData("2018", true, true, "agent", "kept")]
    [InlineData("2019-2020", false, false, "user", "cleared")]
    [InlineData("2021", false, true, "user", "kept")]
    [InlineData("2022", true, true, "user", "cleared")]
    [InlineData("2025", true, true, "user", "cleared")]
    public async Task Every_action_has_the_shape_of_its_generation(
        string generation,
        bool keepAgent,
        bool keepGroup,
        string reopener,
        string reopen
    )
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.SwitchAsync("payload-generation", generation);
        await sandbox.SwitchAsync("assignment-on-reopen", reopen);
        var visitor = await sandbox.VisitorAsync("comida");

        var id = await sandbox.WriteAsync(visitor, "¿Hay menú sin gluten para el viernes?");
        await receiver.NextAsync("message_create");
        Json.AssertShapeOf($"webhook-{generation}-message_create", await receiver.NextAsync("message_create"));

        await sandbox.AtDeskAsync(id, "assignment", new { byAgentId = Lucia, groupId = Support });
        await receiver.NextAsync("conversation_assignment");
        await sandbox.AtDeskAsync(id, "assignment", new { byAgentId = Lucia, agentId = Lucia });
        var assigned = await receiver.NextAsync("conversation_assignment");
        Json.AssertShapeOf($"webhook-{generation}-conversation_assignment", assigned);

        await sandbox.AtDeskAsync(
            id,
            "assignment",
            new
            {
                byAgentId = Lucia,
                agentId = keepAgent ? null : "",
                groupId = keepGroup ? null : "",
            }
        );
        await sandbox.AtDeskAsync(id, "resolution", new { agentId = Lucia });
        Json.AssertShapeOf($"webhook-{generation}-conversation_resolution", await receiver.NextAsync("conversation_resolution"));

        if (reopener == "user")
            await sandbox.WriteAsync(visitor, "Otra pregunta");
        else
            await sandbox.AtDeskAsync(
                id,
                "messages",
                new
                {
                    agentId = Lucia,
                    text = "Olvidé algo",
                    @private = false,
                }
            );
        var reopened = await receiver.NextAsync("conversation_reopen");
        Json.AssertShapeOf($"webhook-{generation}-conversation_reopen", reopened);
        Assert.Equal(
            generation == "2018" ? "reopen" : "reopened",
            (string)reopened["data"]!["reopen"]!["conversation"]!["status"]!
        );
        Assert.Equal("message_create", (await receiver.NextAsync()).Json.Text("action"));

        var spelled = (string)reopened["data"]!["reopen"]!["conversation"]!["conversation_id"]!;
        Assert.Equal(id, (await sandbox.ReadAsync($"/conversations/{spelled}")).Text("conversation_id"));
        await sandbox.SwitchAsync("payload-generation", "2025");
    }

    [Fact]
    public async Task Text_travels_as_compact_unescaped_utf8()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        var text = (string)
            Json.Example("webhook-message-non-ascii")["data"]!["message"]!["message_parts"]![0]!["text"]!["content"]!;
        await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), text);
        var received = (await receiver.NextAsync(2))[1];
        Assert.Equal(text, received.Says);
        Assert.Contains(text, Encoding.UTF8.GetString(received.Body), StringComparison.Ordinal);
        Assert.DoesNotContain((byte)'\n', received.Body);
        Assert.True(received.IsSignedBy(sandbox.PublicKey));
    }

    [Theory]
    [InlineData(false, "webhook-echo-own-reply")]
    [InlineData(true, "webhook-echo-send-as-bot")]
    public async Task A_posted_reply_comes_back_as_its_own_echo(bool asBot, string example)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SwitchAsync("send-as-bot", asBot);
        var id = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        await sandbox.SendWebhooksToAsync(receiver);
        var posted = await SandboxProcess.JsonAsync(await sandbox.ReplyAsync(id, "Hola, soy el bot."));
        await sandbox.SwitchAsync("send-as-bot", false);
        var echo = await receiver.NextAsync("message_create");
        Json.AssertShapeOf(example, echo);
        Assert.Equal(posted.Text("id"), (string)echo["data"]!["message"]!["id"]!);
        Assert.Equal(sandbox.BotAgent, (string)echo["actor"]!["actor_id"]!);
        Assert.Equal(asBot ? "bot" : "agent", (string)echo["actor"]!["actor_type"]!);
    }

    [Fact]
    public async Task A_handover_through_the_api_is_announced_unless_switched_off()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var id = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{id}", new { assigned_agent_id = sandbox.BotAgent });
        await sandbox.SendWebhooksToAsync(receiver);
        await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{id}", new { assigned_group_id = Support });
        var handedOver = await receiver.NextAsync("conversation_assignment");
        Json.AssertShapeOf("webhook-assignment-to-group-by-handover", handedOver);
        Assert.Equal(sandbox.BotAgent, (string)handedOver["data"]!["assignment"]!["from_agent_id"]!);

        await sandbox.SwitchAsync("assignment-events-from-put", false);
        await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{id}", new { assigned_group_id = sandbox.Group("Pedidos") });
        await sandbox.SwitchAsync("assignment-events-from-put", true);
        await sandbox.AtDeskAsync(
            id,
            "messages",
            new
            {
                agentId = Lucia,
                text = "Hola, sigo yo.",
                @private = false,
            }
        );
        Assert.Equal("Hola, sigo yo.", (await receiver.NextAsync()).Says);
    }

    [Fact]
    public async Task Notes_and_the_systems_own_words_are_told_too()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await sandbox.SendWebhooksToAsync(receiver);
        var id = await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), "Hola");
        Json.AssertShapeOf("webhook-message-system", (await receiver.NextAsync()).Json);
        await receiver.NextAsync();
        await sandbox.AtDeskAsync(
            id,
            "messages",
            new
            {
                agentId = Lucia,
                text = "Cliente habitual",
                @private = true,
            }
        );
        JsonNode note = (await receiver.NextAsync()).Json;
        Json.AssertShapeOf("webhook-private-note", note);
        Assert.Equal("private", (string)note["data"]!["message"]!["message_type"]!);
    }
}
