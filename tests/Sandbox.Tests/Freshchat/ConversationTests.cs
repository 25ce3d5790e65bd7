using System.Net;

namespace Sandbox.Tests.Freshchat;

/// <summary>Answers, hand-overs and episodes through the API and at the desk (freshchat.md 5.6, 5.7, 12, 14.2).</summary>
public sealed class ConversationTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    private const string Support = "Mammut Bot Support team";
    private string Lucia => sandbox.Agent("Lucía Ferrer");

    private async Task<string> ConversationAsync(string text = "¿Hay menú sin gluten?") =>
        await sandbox.WriteAsync(await sandbox.VisitorAsync("comida"), text);

    [Fact]
    public async Task A_new_conversation_is_nobodys_and_is_found_by_number_too()
    {
        var id = await ConversationAsync();
        var conversation = await sandbox.ReadAsync($"/conversations/{id}");
        Json.AssertShapeOf("rest-conversation-unassigned", conversation);
        var byNumber = await sandbox.ReadAsync($"/conversations/{conversation["conversation_internal_id"]}");
        Assert.Equal(id, byNumber.Text("conversation_id"));
        using var unknown = await sandbox.ApiAsync(HttpMethod.Get, "/conversations/12345");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task A_reply_is_answered_with_the_message_and_listed_first()
    {
        var id = await ConversationAsync();
        using var response = await sandbox.ReplyAsync(id, "Sí: crema de verduras 🍲");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var reply = await SandboxProcess.JsonAsync(response);
        Json.AssertShapeOf("rest-reply-response", reply);
        var list = await sandbox.ReadAsync($"/conversations/{id}/messages?items_per_page=50");
        Json.AssertShapeOf("rest-messages", list);
        Assert.Equal(["agent", "user", "system"], list["messages"]!.AsArray().Select(m => (string)m!["actor_type"]!));
        Assert.Equal(reply.Text("id"), (string)list["messages"]![0]!["id"]!);
        Assert.Equal("""{"messages":[]}""", (await sandbox.ReadAsync($"/conversations/{id}/messages?page=2")).ToJsonString());
    }

    [Fact]
    public async Task A_handover_puts_the_conversation_into_the_group()
    {
        var id = await ConversationAsync();
        await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{id}", new { assigned_agent_id = sandbox.BotAgent });
        using var put = await sandbox.ApiAsync(
            HttpMethod.Put,
            $"/conversations/{id}",
            new { assigned_group_id = sandbox.Group(Support) }
        );
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        var after = await sandbox.ReadAsync($"/conversations/{id}");
        Json.AssertShapeOf("rest-conversation-handed-over", after);
        Assert.Equal(sandbox.Group(Support), after.Text("assigned_group_id"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_blank_releases_the_agent_and_leaves_the_group(string blank)
    {
        var id = await ConversationAsync();
        await sandbox.ApiAsync(
            HttpMethod.Put,
            $"/conversations/{id}",
            new { assigned_group_id = sandbox.Group(Support), assigned_agent_id = Lucia }
        );
        Assert.Equal(Lucia, (await sandbox.ReadAsync($"/conversations/{id}")).Text("assigned_agent_id"));
        await sandbox.ApiAsync(HttpMethod.Put, $"/conversations/{id}", new { assigned_agent_id = blank });
        Json.AssertShapeOf("rest-conversation-handed-over", await sandbox.ReadAsync($"/conversations/{id}"));
    }

    [Theory]
    [InlineData("""{"properties":[]}""", 400)]
    [InlineData("""{"status":"assigned"}""", 400)]
    [InlineData("""[1]""", 400)]
    [InlineData("""{""", 400)]
    [InlineData("""{"assigned_group_id":"nobody"}""", 404)]
    [InlineData("""{"assigned_agent_id":"nobody"}""", 404)]
    public async Task A_change_that_cannot_be_made_is_refused(string body, int status)
    {
        var id = await ConversationAsync();
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/sandbox/freshchat/v2/conversations/{id}");
        request.Headers.Authorization = new("Bearer", sandbox.Token);
        request.Content = new StringContent(body, null, "application/json");
        using var response = await sandbox.Http.SendAsync(request);
        Assert.Equal(status, (int)response.StatusCode);
        Json.AssertShapeOf("error-404-agent", await SandboxProcess.JsonAsync(response));
    }

    [Fact]
    public async Task A_resolved_conversation_takes_no_message_from_the_api()
    {
        var id = await ConversationAsync();
        await sandbox.AtDeskAsync(id, "resolution", new { agentId = Lucia });
        using var response = await sandbox.ReplyAsync(id, "Tarde");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(Json.Example("error-400-not-latest").ToJsonString(), await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_superseded_conversation_takes_no_message_either()
    {
        var visitor = await sandbox.VisitorAsync("comida");
        var first = await sandbox.WriteAsync(visitor, "Hola");
        var second = await sandbox.WriteAsync(visitor, "Otra cosa", startNew: true);
        Assert.NotEqual(first, second);
        using var old = await sandbox.ReplyAsync(first, "Tarde");
        using var latest = await sandbox.ReplyAsync(second, "A tiempo");
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (old.StatusCode, latest.StatusCode));
    }

    [Theory]
    [InlineData("kept", true)]
    [InlineData("cleared", false)]
    public async Task A_customer_who_writes_again_reopens_the_conversation_as_a_new_episode(string assignment, bool kept)
    {
        await sandbox.SwitchAsync("assignment-on-reopen", assignment);
        var visitor = await sandbox.VisitorAsync("comida");
        var id = await sandbox.WriteAsync(visitor, "Hola");
        await sandbox.AtDeskAsync(
            id,
            "assignment",
            new
            {
                byAgentId = Lucia,
                agentId = Lucia,
                groupId = sandbox.Group(Support),
            }
        );
        await sandbox.AtDeskAsync(id, "resolution", new { agentId = Lucia });
        Assert.Equal(id, await sandbox.WriteAsync(visitor, "Otra pregunta"));
        var conversation = await sandbox.ReadAsync($"/conversations/{id}");
        Assert.Equal("reopened", conversation.Text("status"));
        Assert.Equal(kept, conversation.ContainsKey("assigned_group_id"));
        var episodes = (await sandbox.ReadAsync($"/conversations/{id}/messages"))["messages"]!
            .AsArray()
            .Select(m => long.Parse(((string)m!["interaction_id"]!).Split('-')[1], null))
            .Distinct()
            .ToList();
        Assert.Equal(2, episodes.Count);
        Assert.True(episodes[0] > episodes[1]);
    }

    [Fact]
    public async Task A_note_reaches_colleagues_and_not_the_customer()
    {
        var visitor = await sandbox.VisitorAsync("comida");
        var id = await sandbox.WriteAsync(visitor, "Hola");
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
        await sandbox.ReplyAsync(id, "Soy el bot");
        var chat = await sandbox.ControlAsync(HttpMethod.Get, $"visitors/{visitor}/chat");
        Assert.Equal(
            ["customer: Hola", "person: Hola, sigo yo.", "bot: Soy el bot"],
            chat["messages"]!.AsArray().Select(m => $"{m!["from"]}: {m["text"]}")
        );
        var desk = await sandbox.ControlAsync(HttpMethod.Get, $"desk/conversations/{id}");
        Assert.Equal("Cliente habitual", (string)desk["messages"]!.AsArray().Single(m => (bool)m!["private"]!)!["text"]!);
    }

    [Theory]
    [InlineData("/sandbox/control/freshchat/messages")]
    [InlineData("/sandbox/control/freshchat/visitors")]
    public async Task A_form_on_another_page_cannot_act(string address)
    {
        using var form = new StringContent("""{"site":"comida"}""", null, "text/plain");
        using var response = await sandbox.Http.PostAsync(address, form);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }
}
