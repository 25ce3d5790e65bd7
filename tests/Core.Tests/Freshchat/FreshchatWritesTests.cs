using System.Net;
using System.Net.Sockets;
using Core.Freshchat;
using Core.Outcomes;

namespace Core.Tests.Freshchat;

public sealed class FreshchatWritesTests
{
    private const string Agent = "70ad2ccd-03bb-405b-a04f-14a7b6d801b2";
    private static readonly ConversationIds Conversation = new("90c79624-35b6-46d8-9b24-c0402596d24a", "904417330215862");

    [Fact]
    public async Task A_reply_is_posted_as_the_agent_and_tells_the_message()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-reply-response", 201));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.PostReply(
            clients.Account, Conversation, "Sí: los viernes servimos crema de verduras y pescado al horno, los dos sin gluten.", Agent);

        var request = Assert.Single(side.Requests);
        Assert.Equal(("POST", "/v2/conversations/90c79624-35b6-46d8-9b24-c0402596d24a/messages"), (request.Method, request.Target));
        Assert.Equal("application/json", request.Headers["Content-Type"]);
        Payload.AssertSame("rest-reply-request", request.Body);
        Assert.Contains("Sí:", request.Body, StringComparison.Ordinal);
        Assert.Equal("da7208bb-13e9-437d-a08c-f163fa125976", result.Value?.Id);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 15, 6, 352, TimeSpan.Zero), result.Value?.CreatedTime);
    }

    [Fact]
    public async Task A_hand_over_names_the_group_and_nothing_else()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-conversation-handed-over"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.AssignGroup(clients.Account, Conversation, "d0e414d9-68ed-4851-9ae0-a30dfef64997");

        var request = Assert.Single(side.Requests);
        Assert.Equal("PUT", request.Method);
        Payload.AssertSame("rest-handover-request", request.Body);
        Assert.Equal("d0e414d9-68ed-4851-9ae0-a30dfef64997", result.Value?.AssignedGroupId);
    }

    [Fact]
    public async Task An_agent_is_released_with_nothing_or_with_a_space()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-conversation-handed-over"));
        await using var clients = new Clients(side);

        await clients.Freshchat.ReleaseAgent(clients.Account, Conversation);
        await clients.Freshchat.ReleaseAgent(clients.Account, Conversation, withSpace: true);

        Assert.Equal(
            ["""{"assigned_agent_id":""}""", """{"assigned_agent_id":" "}"""],
            side.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task A_write_falls_back_to_the_number_only_when_the_conversation_is_unknown()
    {
        await using var unknownConversation = await FarSide.Start(request =>
            request.Target.Contains("/904417330215862/", StringComparison.Ordinal) ? Reply.Example("rest-reply-response") : new Reply(404, "{}"));
        await using var unknownAgent = await FarSide.Start(_ => Reply.Example("error-404-agent", 404));
        await using var clients = new Clients(unknownConversation);

        var posted = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", Agent);
        var refused = await clients.Freshchat.PostReply(clients.Account with { ChatUrl = unknownAgent.Url }, Conversation, "Hola", Agent);

        Assert.True(posted.Succeeded);
        Assert.Equal("agent_not_found", refused.Failure?.Code);
        Assert.Single(unknownAgent.Requests);
    }

    [Fact]
    public async Task Whether_a_reply_may_still_be_sent_is_asked_on_the_open_connection_and_a_no_sends_nothing()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-reply-response", 201));
        await using var clients = new Clients(side);
        using var freshchat = new TcpListener(IPAddress.Loopback, 0);
        freshchat.Start();
        TcpClient? connection = null;

        var result = await clients.Freshchat.PostReply(
            clients.Account with { ChatUrl = $"http://{freshchat.LocalEndpoint}" }, Conversation, "Hola", Agent,
            async cancel =>
            {
                connection = await freshchat.AcceptTcpClientAsync(cancel);
                return false;
            });

        Assert.Equal((FailureKind.Unavailable, "withdrawn"), (result.Failure?.Kind, result.Failure?.Code));
        using (connection)
            Assert.Equal(0, await connection!.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_reply_that_may_be_sent_arrives_as_any_other()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-reply-response", 201));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", Agent, _ => Task.FromResult(true));

        Assert.True(result.Succeeded);
        Assert.Contains("\"Hola\"", Assert.Single(side.Requests).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_goes_wrong_with_the_question_is_a_fault_of_ours_and_sends_nothing()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("rest-reply-response", 201));
        await using var clients = new Clients(side);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", Agent, _ => throw new InvalidOperationException("No database.")));

        Assert.Equal("No database.", fault.Message);
        Assert.Empty(side.Requests);
    }
}
