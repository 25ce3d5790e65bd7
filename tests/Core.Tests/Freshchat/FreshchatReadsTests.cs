using Core.Freshchat;
using Core.Outcomes;

namespace Core.Tests.Freshchat;

public sealed class FreshchatReadsTests
{
    private static readonly ConversationIds Conversation = new("90c79624-35b6-46d8-9b24-c0402596d24a", "904417330215862");

    [Fact]
    public async Task The_probe_sends_the_token_once_and_tells_account_status_and_trace()
    {
        await using var side = await FarSide.Start(_ =>
            Reply.Example("rest-accounts-configuration") with { Headers = [("X-Trace-ID", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")] });
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetConfiguration(
            clients.Account with { ChatUrl = side.Url + "/v2/", ApiToken = "Bearer " + Clients.Token });

        Assert.Equal("424b1fee-9709-4315-85d9-5954058b4714", result.Value?.AppId);
        Assert.Equal("7301144", result.Value?.AccountId);
        Assert.Equal(200, result.HttpStatus);
        Assert.Equal("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00", result.TraceId);
        var request = Assert.Single(side.Requests);
        Assert.Equal("/v2/accounts/configuration", request.Target);
        Assert.Equal("Bearer " + Clients.Token, request.Headers["Authorization"]);
        Assert.Equal("application/json", request.Headers["Accept"]);
    }

    [Fact]
    public async Task All_pages_are_read_by_number()
    {
        await using var side = await FarSide.Start(request => request.Target switch
        {
            "/v2/agents?page=1&items_per_page=50" => Reply.Example("rest-agents-page-1"),
            "/v2/agents?page=2&items_per_page=50" => Reply.Example("rest-agents-page-2"),
            "/v2/groups?page=1&items_per_page=50" => Reply.Example("rest-groups-page-1"),
            "/v2/groups?page=2&items_per_page=50" => Reply.Example("rest-groups-page-2"),
            "/v2/channels?page=1&items_per_page=50" => Reply.Example("rest-channels"),
            _ => Reply.Example("error-404-wrong-page", 404),
        });
        await using var clients = new Clients(side);

        var agents = await clients.Freshchat.ListAgents(clients.Account);
        var groups = await clients.Freshchat.ListGroups(clients.Account);
        var channels = await clients.Freshchat.ListChannels(clients.Account);

        Assert.Equal(["Bot Mammut", "Soporte Uno", "Cuenta"], agents.Value!.Select(agent => agent.DisplayName));
        Assert.Equal(["Pedidos", "Equipo de Soporte (tarde)", "Equipo de soporte"], groups.Value!.Select(group => group.Name));
        Assert.Equal(["126e79e2-e6ca-41d6-a1ad-bc4e10bfa287"], groups.Value![2].Agents);
        Assert.Equal(["Comida", "Comida", "Utensilios"], channels.Value!.Select(channel => channel.Name));
        Assert.Equal(5, side.Requests.Count);
    }

    [Fact]
    public async Task A_list_ends_at_wrong_page_and_never_runs_for_ever()
    {
        await using var side = await FarSide.Start(request => request.Target.StartsWith("/v2/agents", StringComparison.Ordinal)
            ? Reply.Example("error-404-wrong-page", 404)
            : new Reply(
                200,
                $$"""{"groups":[ {"id":"{{request.Target}}"} ],"pagination":{"current_page":1,"total_pages":9999} }"""));
        await using var clients = new Clients(side);

        var none = await clients.Freshchat.ListAgents(clients.Account);
        var endless = await clients.Freshchat.ListGroups(clients.Account);

        Assert.Empty(none.Value!);
        Assert.Equal("too_many_pages", endless.Failure?.Code);
        Assert.Equal(201, side.Requests.Count);
    }

    [Fact]
    public async Task A_json_answer_without_the_list_is_not_an_empty_list()
    {
        await using var side = await FarSide.Start(_ => new Reply(200, "{}"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.ListMessages(clients.Account, Conversation);

        Assert.Equal(FailureKind.Unreadable, result.Failure?.Kind);
    }

    [Fact]
    public async Task Messages_are_read_until_a_page_is_empty_and_come_oldest_first()
    {
        await using var side = await FarSide.Start(request =>
            Reply.Example(request.Target.Contains("page=1&", StringComparison.Ordinal) ? "rest-messages" : "rest-messages-last-page"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.ListMessages(clients.Account, Conversation);

        Assert.Equal(2, side.Requests.Count);
        Assert.Equal(
            [".", "¿Hay menú sin gluten para el viernes?", "Sí: los viernes servimos crema de verduras y pescado al horno, los dos sin gluten."],
            result.Value!.Select(message => message.Text));
        Assert.Equal(["system", "user", "agent"], result.Value!.Select(message => message.ActorType));
        Assert.Null(result.Value![0].ActorId);
    }

    [Fact]
    public async Task One_page_repeated_for_ever_ends_the_messages_too()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-messages"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.ListMessages(clients.Account, Conversation);

        Assert.Equal(3, result.Value?.Count);
        Assert.Equal(2, side.Requests.Count);
    }

    [Fact]
    public async Task The_number_is_tried_when_the_guid_is_unknown()
    {
        await using var side = await FarSide.Start(request => request.Target == "/v2/conversations/904417330215862"
            ? Reply.Example("rest-conversation-handed-over")
            : new Reply(404, ""));
        await using var clients = new Clients(side);

        var known = await clients.Freshchat.GetConversation(clients.Account, Conversation);
        var unknown = await clients.Freshchat.GetConversation(clients.Account, Conversation with { NumericId = null });

        Assert.Equal("d0e414d9-68ed-4851-9ae0-a30dfef64997", known.Value?.AssignedGroupId);
        Assert.Equal("904417330215862", known.Value?.NumericId);
        Assert.Equal(FailureKind.NotFound, unknown.Failure?.Kind);
        Assert.Equal(3, side.Requests.Count);
    }

    [Theory]
    [InlineData("""{"conversation_id":"c","assigned_agent_id":"","assigned_group_id":" "}""")]
    [InlineData("""{"conversation_id":"c","assigned_agent_id":null,"unknown":{"a":[1]},"created_time":{"odd":1},"status":["odd"]}""")]
    [InlineData("""{"conversation_id":"c"}""")]
    public async Task Absent_empty_and_odd_fields_mean_none(string body)
    {
        await using var side = await FarSide.Start(_ => new Reply(200, body));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetConversation(clients.Account, Conversation);

        Assert.Equal(new FreshchatConversation { Id = "c" }, result.Value);
    }

    [Fact]
    public async Task A_user_tells_its_properties_and_reference()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-user-with-site"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetUser(clients.Account, "odd/one_alias");

        Assert.Equal("comida:1042", result.Value?.ReferenceId);
        Assert.Contains(new FreshchatProperty { Name = "siteId", Value = "comida" }, result.Value!.Properties!);
        Assert.Equal("/v2/users/odd%2Fone_alias", Assert.Single(side.Requests).Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    public async Task An_id_that_would_name_something_else_is_never_sent(string id)
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-user-with-site"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetUser(clients.Account, id);

        Assert.Equal(FailureKind.NotFound, result.Failure?.Kind);
        Assert.Empty(side.Requests);
    }
}
