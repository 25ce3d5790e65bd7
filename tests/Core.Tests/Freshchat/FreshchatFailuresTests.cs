using System.Globalization;
using System.Text;
using Core.Freshchat;
using Core.Outcomes;

namespace Core.Tests.Freshchat;

public sealed class FreshchatFailuresTests
{
    private static readonly ConversationIds Conversation = new("90c79624-35b6-46d8-9b24-c0402596d24a");

    [Theory]
    [InlineData(400, "error-400-not-latest", FailureKind.Refused, "superseded_conversation")]
    [InlineData(400, "error-400-image-empty", FailureKind.Refused, "image_refused")]
    [InlineData(400, "error-400-although-stored", FailureKind.Ambiguous, "stored_although_refused")]
    [InlineData(400, "error-other-shape-outbound", FailureKind.Ambiguous, "refused_unclear")]
    [InlineData(401, "error-401", FailureKind.Unauthorized, "token_refused")]
    [InlineData(401, "error-other-shape-plain", FailureKind.Unauthorized, "token_refused")]
    [InlineData(403, "error-403", FailureKind.Forbidden, "token_forbidden")]
    [InlineData(404, "error-404-agent", FailureKind.NotFound, "agent_not_found")]
    [InlineData(429, "error-429", FailureKind.RateLimited, "rate_limited")]
    [InlineData(503, "error-503", FailureKind.Ambiguous, "server_error")]
    public async Task A_refused_reply_is_sent_once_and_named(int status, string example, FailureKind kind, string code)
    {
        await using var side = await FarSide.Start(_ => Reply.Example(example, status));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", "agent-1");

        Assert.Equal(kind, result.Failure?.Kind);
        Assert.Equal(code, result.Failure?.Code);
        Assert.Equal(status, result.HttpStatus);
        Assert.NotEmpty(result.Failure!.Text!);
        Assert.Single(side.Requests);
    }

    [Theory]
    [InlineData(200, "text/html", "<html>Log in</html>", FailureKind.Unreadable, FailureKind.Ambiguous, "not_json")]
    [InlineData(200, "application/json", "", FailureKind.Unreadable, FailureKind.Ambiguous, "not_json")]
    [InlineData(200, "application/json", "[]", FailureKind.Unreadable, FailureKind.Ambiguous, "not_json")]
    [InlineData(302, "text/html", "moved", FailureKind.Redirected, FailureKind.Redirected, "redirected")]
    [InlineData(500, "text/html", "<html>oops</html>", FailureKind.Unavailable, FailureKind.Ambiguous, "server_error")]
    [InlineData(409, "application/json", "{}", FailureKind.Refused, FailureKind.Refused, "refused")]
    public async Task A_read_may_be_repeated_where_a_write_is_in_doubt(
        int status, string type, string body, FailureKind read, FailureKind write, string code)
    {
        await using var other = await FarSide.Start(_ => Reply.Example("rest-user-with-site"));
        await using var side = await FarSide.Start(_ => new Reply(status, body, type) { Headers = [("Location", other.Url)] });
        await using var clients = new Clients(side);

        var get = await clients.Freshchat.GetUser(clients.Account, "user-1");
        var post = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", "agent-1");

        Assert.Equal((read, code), (get.Failure!.Kind, get.Failure.Code));
        Assert.Equal((write, code), (post.Failure!.Kind, post.Failure.Code));
        Assert.Equal(1, side.Requests.Count(request => request.Method == "POST"));
        Assert.Equal(status == 500 ? 3 : 1, side.Requests.Count(request => request.Method == "GET"));
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task A_read_succeeds_when_the_second_try_does()
    {
        var tries = 0;
        await using var side = await FarSide.Start(_ =>
            Interlocked.Increment(ref tries) == 1 ? Reply.Example("error-503", 503) : Reply.Example("rest-accounts-configuration"));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetConfiguration(clients.Account);

        Assert.Equal("424b1fee-9709-4315-85d9-5954058b4714", result.Value?.AppId);
    }

    [Fact]
    public async Task A_cut_connection_leaves_a_write_in_doubt_and_is_not_tried_again()
    {
        await using var side = await FarSide.Start(_ => Reply.Cut);
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", "agent-1");

        Assert.Equal((FailureKind.Ambiguous, "connection_lost"), (result.Failure!.Kind, result.Failure.Code));
        Assert.Single(side.Requests);
    }

    [Fact]
    public async Task Silence_leaves_a_write_in_doubt_and_a_read_undone()
    {
        await using var side = await FarSide.Start(_ => Reply.Never);
        await using var clients = new Clients(side, null, ("Freshchat:Timeout", "00:00:00.200"));

        var write = await clients.Freshchat.AssignGroup(clients.Account, Conversation, "group-1");
        var read = await clients.Freshchat.GetConfiguration(clients.Account);

        Assert.Equal((FailureKind.Ambiguous, "timeout"), (write.Failure!.Kind, write.Failure.Code));
        Assert.Equal((FailureKind.Unavailable, "timeout"), (read.Failure!.Kind, read.Failure.Code));
    }

    [Fact]
    public async Task A_refused_connection_surely_did_nothing()
    {
        using var nobody = new Nobody();
        await using var clients = new Clients(nobody.Url);

        var result = await clients.Freshchat.PostReply(clients.Account, Conversation, "Hola", "agent-1");

        Assert.Equal((FailureKind.Unavailable, "connection_failed"), (result.Failure!.Kind, result.Failure.Code));
        Assert.True(result.Failure.CountsAsAttempt);
    }

    [Fact]
    public async Task A_host_that_keeps_failing_is_left_alone_and_no_other()
    {
        await using var failing = await FarSide.Start(_ => Reply.Example("error-503", 503));
        await using var healthy = await FarSide.Start(_ => Reply.Example("rest-conversation-handed-over"));
        await using var clients = new Clients(failing);
        for (var call = 0; call < 10; call++)
            await clients.Freshchat.AssignGroup(clients.Account, Conversation, "group-1");

        var open = await clients.Freshchat.AssignGroup(clients.Account, Conversation, "group-1");
        var other = await clients.Freshchat.AssignGroup(clients.Account with { ChatUrl = healthy.Url }, Conversation, "group-1");

        Assert.Equal((FailureKind.Unavailable, "circuit_open"), (open.Failure!.Kind, open.Failure.Code));
        Assert.False(open.Failure.CountsAsAttempt);
        Assert.Equal(10, failing.Requests.Count);
        Assert.True(other.Succeeded);
    }

    [Theory]
    [InlineData("http://acme.freshchat.com/v2", Clients.Token, "chat_url_https_required")]
    [InlineData("https://acme.freshchat.com/v2?x=1", Clients.Token, "chat_url_query")]
    [InlineData("https://acme.freshchat.com/v2", "", "token_refused")]
    [InlineData("https://acme.freshchat.com/v2", "two\nlines-of-token", "token_refused")]
    public async Task What_must_not_be_called_is_not_called(string chatUrl, string token, string code)
    {
        await using var side = await FarSide.Start(_ => Reply.Cut);
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetConfiguration(new FreshchatAccount(chatUrl, token));

        Assert.Equal(code, result.Failure?.Code);
        Assert.True(result.Failure!.IsRefusal);
        Assert.Null(result.HttpStatus);
    }

    [Fact]
    public async Task The_far_sides_words_are_kept_without_the_token_and_cut_at_2_KiB()
    {
        var body = string.Create(CultureInfo.InvariantCulture, $"{{\"message\":\"token {Clients.Token} {new string('ñ', 4000)}\"}}");
        await using var side = await FarSide.Start(_ => new Reply(401, body));
        await using var clients = new Clients(side);

        var result = await clients.Freshchat.GetConfiguration(clients.Account);

        Assert.StartsWith("token *** ñ", result.Failure!.Text, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(result.Failure.Text!), 2040, 2048);
    }

    [Fact]
    public async Task Only_the_callers_own_cancellation_throws()
    {
        await using var side = await FarSide.Start(_ => Reply.Never);
        await using var clients = new Clients(side);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => clients.Freshchat.GetConfiguration(clients.Account, cancelled.Token));
    }
}
