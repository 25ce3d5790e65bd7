using Core.Mammut;
using Core.Outcomes;
using Core.Tests.Freshchat;

namespace Core.Tests.Mammut;

public sealed class MammutClientTests
{
    private static readonly BotProperties Bot = new()
    {
        Name = "bot-demo",
        FreshchatActorId = "70ad2ccd-03bb-405b-a04f-14a7b6d801b2",
        FreshchatAccessToken = "example-token-not-a-secret",
        FreshchatAppId = "424b1fee-9709-4315-85d9-5954058b4714",
        FreshchatGroupName = "Equipo de soporte",
    };

    [Fact]
    public async Task Each_create_sends_the_documented_request_and_takes_the_first_id_of_its_name()
    {
        await using var side = await FarSide.Start(request => Reply.Example(request.Target switch
        {
            "/mammut/app:mammut-1/graph/user" when request.Body.Contains("machine", StringComparison.Ordinal) => "mammut-create-bot-result",
            "/mammut/app:mammut-1/graph/user" => "mammut-create-visitor-result",
            "/mammut/app:mammut-1/graph/user:731290/create:=room" => "mammut-create-room-result",
            "/mammut/app:mammut-1/graph/user:731290/send:=thought" => "mammut-send-thought-result",
            "/mammut/app:mammut-1/graph/issue" => "mammut-remove-halted-result",
            _ => "mammut-failed-as-200",
        }));
        await using var clients = new Clients(side);
        var mammut = clients.Mammut;

        Assert.Equal(730114, (await mammut.CreateBot(Bot)).Value);
        Assert.Equal(731290, (await mammut.CreateVisitor("es")).Value);
        Assert.Equal(602418, (await mammut.CreateRoom(
            731290, 730114, "Freshchat 90c79624-35b6-46d8-9b24-c0402596d24a", "Freshchat", "comida")).Value);
        Assert.Equal(880431, (await mammut.Say(
            731290, 602418, "¿Hay menú sin gluten para el viernes?", new DateTimeOffset(2026, 3, 2, 10, 15, 4, 118, TimeSpan.FromHours(1)))).Value);
        Assert.True((await mammut.PostRemoveHaltedMark(730114, 602418)).Succeeded);

        string[] examples =
        [
            "mammut-create-bot-request", "mammut-create-visitor-request", "mammut-create-room-request",
            "mammut-send-thought-request", "mammut-remove-halted-request",
        ];
        Assert.All(examples.Zip(side.Requests), pair => Payload.AssertSame(pair.First, pair.Second.Body));
    }

    [Fact]
    public async Task What_is_not_set_is_left_out_when_creating()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("mammut-create-visitor-result"));
        await using var clients = new Clients(side);

        await clients.Mammut.CreateVisitor(null);
        await clients.Mammut.CreateBot(new BotProperties { Name = "bot-demo", FreshchatGroupName = "" });
        await clients.Mammut.CreateRoom(1, 2, "title", "Freshchat", null);

        Assert.Equal(
            [
                """{"user-type":"normal","name":"Freshchat visitor"}""",
                """{"user-type":"machine","name":"bot-demo"}""",
                """{"room-type":"group","creation-date":"now","title":"title","has@user":{"id":2},"channel":"Freshchat"}""",
            ],
            side.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task An_update_sends_only_what_is_set_as_encoded_json_in_the_query()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("mammut-update-bot-result"));
        await using var clients = new Clients(side);

        var updated = await clients.Mammut.UpdateBot(730114, new BotProperties { FreshchatAccessToken = "a+b/c=\"&;", FreshchatGroupName = "" });

        Assert.True(updated.Succeeded);
        var request = Assert.Single(side.Requests);
        Assert.Equal("POST", request.Method);
        Assert.Equal(
            "/mammut/app:mammut-1/graph/user:730114?freshchat-access-token=%22a%2Bb%2Fc%3D%5C%22%26%3B%22&freshchat-group-name=%22%22",
            request.Target);
        Assert.Equal("{}", request.Body);
        await Assert.ThrowsAsync<ArgumentException>(() => clients.Mammut.UpdateBot(730114, new BotProperties()));
    }

    [Fact]
    public async Task Thoughts_are_asked_with_depth_two_and_an_encoded_plus()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("mammut-thoughts-no-issue"));
        await using var clients = new Clients(side);

        var thoughts = await clients.Mammut.Thoughts(602418, new DateTimeOffset(2026, 3, 2, 9, 13, 4, 118, TimeSpan.Zero));

        Assert.Equal(
            "/mammut/app:mammut-1/graph:2/room:602418/with::thought?creation-date.since(%222026-03-02T09%3A13%3A04%2B00%3A00%22)",
            Assert.Single(side.Requests).Target);
        Assert.Equal([880431, 880440, 880441], thoughts.Value!.Select(thought => thought.Id));
        Assert.Equal([731290L, 730114L, 730114L], thoughts.Value!.Select(thought => thought.SenderId));
        Assert.Equal("Sí, tenemos menú sin gluten.", thoughts.Value![1].Text);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 15, 5, TimeSpan.Zero), thoughts.Value![1].CreationDate);
    }

    [Theory]
    [InlineData("mammut-read-not-found")]
    [InlineData("mammut-read-not-found-empty-list")]
    [InlineData("mammut-thoughts-empty")]
    [InlineData("mammut-failed-as-200")]
    public async Task A_read_that_finds_nothing_succeeds_with_nothing(string example)
    {
        await using var side = await FarSide.Start(_ => Reply.Example(example));
        await using var clients = new Clients(side);

        var user = await clients.Mammut.ReadUser(1);
        var room = await clients.Mammut.ReadRoom(1);
        var thoughts = await clients.Mammut.Thoughts(1, DateTimeOffset.UnixEpoch);

        Assert.True(user.Failure is null && room.Failure is null && thoughts.Failure is null);
        Assert.Null(user.Value);
        Assert.Null(room.Value);
        Assert.Empty(thoughts.Value!);
    }

    [Fact]
    public async Task A_read_tells_the_user_and_the_room()
    {
        await using var side = await FarSide.Start(request =>
            Reply.Example(request.Target.Contains("/user:", StringComparison.Ordinal) ? "mammut-read-bot" : "mammut-read-room"));
        await using var clients = new Clients(side);

        Assert.Equal("Equipo de soporte", (await clients.Mammut.ReadUser(730114)).Value?.FreshchatGroupName);
        Assert.Equal("comida", (await clients.Mammut.ReadRoom(602418)).Value?.SubChannel);
    }

    [Theory]
    [InlineData(200, "mammut-failed-as-200", FailureKind.Refused, "failed")]
    [InlineData(400, "mammut-error-400-user-type", FailureKind.Refused, "refused")]
    [InlineData(404, "mammut-error-404-user", FailureKind.NotFound, "not_found")]
    [InlineData(409, "mammut-error-409-email", FailureKind.Refused, "refused")]
    [InlineData(429, "mammut-failed-as-200", FailureKind.RateLimited, "rate_limited")]
    [InlineData(503, "mammut-failed-as-200", FailureKind.Ambiguous, "server_error")]
    [InlineData(302, "mammut-create-bot-result", FailureKind.Redirected, "redirected")]
    [InlineData(200, "mammut-read-not-found", FailureKind.Ambiguous, "id_missing")]
    public async Task A_failed_write_is_sent_once_and_named(int status, string example, FailureKind kind, string code)
    {
        await using var side = await FarSide.Start(_ => Reply.Example(example, status));
        await using var clients = new Clients(side);

        var result = await clients.Mammut.CreateBot(Bot);

        Assert.Equal((kind, code), (result.Failure!.Kind, result.Failure.Code));
        Assert.Equal(status, result.HttpStatus);
        Assert.Single(side.Requests);
    }

    [Theory]
    [InlineData("<html>Mammut</html>", "not_json")]
    [InlineData("", "not_json")]
    [InlineData("""{"status": "Success", "taskRes""", "not_json")]
    [InlineData("""{"taskResult":[]}""", "status_missing")]
    [InlineData("""{"status":"success"}""", "status_missing")]
    public async Task An_answer_that_says_neither_leaves_a_write_in_doubt_and_a_read_unread(string body, string code)
    {
        await using var side = await FarSide.Start(_ => new Reply(200, body));
        await using var clients = new Clients(side);

        var write = await clients.Mammut.Say(1, 2, "Hola", DateTimeOffset.UnixEpoch);
        var read = await clients.Mammut.ReadRoom(2);

        Assert.Equal((FailureKind.Ambiguous, code), (write.Failure!.Kind, write.Failure.Code));
        Assert.Equal((FailureKind.Unreadable, code), (read.Failure!.Kind, read.Failure.Code));
    }

    [Fact]
    public async Task A_silent_platform_leaves_a_write_in_doubt()
    {
        await using var side = await FarSide.Start(_ => Reply.Never);
        await using var clients = new Clients(side, null, ("Mammut:Timeout", "00:00:00.200"));

        var result = await clients.Mammut.Say(1, 2, "Hola", DateTimeOffset.UnixEpoch);

        Assert.Equal((FailureKind.Ambiguous, "timeout"), (result.Failure!.Kind, result.Failure.Code));
    }

    [Fact]
    public async Task The_extra_header_goes_along()
    {
        await using var side = await FarSide.Start(_ => Reply.Example("mammut-read-bot"));
        await using var clients = new Clients(side, null, ("Mammut:ExtraHeader", "X-Api-Key: key: 42"));

        await clients.Mammut.ReadUser(730114);

        Assert.Equal("key: 42", Assert.Single(side.Requests).Headers["X-Api-Key"]);
    }
}
