using System.Net;
using static Sandbox.Tests.Mammut.Graph;

namespace Sandbox.Tests.Mammut;

/// <summary>Rooms, thoughts and the bot's answers (mammut.md 6, 8 and 10).</summary>
public sealed class ConversationTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>, IAsyncLifetime
{
    private const string Unknown = "¿Puedo pagar con bonos del ayuntamiento?";
    private readonly Graph _graph = new(sandbox);

    public async ValueTask InitializeAsync() => await sandbox.TurnAsync("mammut/delay", "00:00:00");

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_room_reads_back_with_creator_bot_and_context()
    {
        var (bot, visitor) = (await _graph.CreateBotAsync(), await _graph.CreateVisitorAsync());
        var request = Example.Json("mammut-create-room-request");
        request["has@user"]!["id"] = bot;

        var (_, result) = await _graph.PostAsync($"graph/user:{visitor}/create:=room", request.ToJsonString());
        var (_, room) = await _graph.GetAsync($"graph:2/room:{IdOf("room", result)}");

        Example.AssertLike("mammut-create-room-result", result);
        Example.AssertLike("mammut-read-room", room);
        Assert.Equal(visitor, (long)room["data"]!["room"]![0]!["create-by"]!["user"]![0]!["id"]!);
        Assert.Equal(bot, (long)room["data"]!["room"]![0]!["has"]!["user"]![0]!["id"]!);
    }

    [Theory]
    [InlineData("comida", "¿Qué me recomienda?", "paella")]
    [InlineData("utensilios", "¿Qué me recomienda?", "sartén")]
    [InlineData("comida", "Hola!! QUE ME RECOMIENDA", "paella")]
    [InlineData("Utensilios", "  ¿qué me   recomienda? 😀", "sartén")]
    [InlineData("comida", "What do you recommend?", "paella")]
    [InlineData("utensilios", "what do you recommend", "pan")]
    [InlineData("utensilios", "¿Sirven para inducción?", "inducción")]
    [InlineData("comida", "¡Hola!", "Hola")]
    [InlineData("utensilios", "buenos días", "Hola")]
    [InlineData(null, "Hola", "Hola")]
    [InlineData(null, "Hello", "Hello")]
    [InlineData("otro", "¿Cuál es el horario?", "9:00")]
    public async Task A_known_question_is_answered_by_context(string? context, string question, string word)
    {
        var talk = await _graph.BeginAsync(context);

        Assert.Contains(word, (await talk.AskAsync(question))[0], StringComparison.Ordinal);
        Assert.DoesNotContain(Talk.ThoughtsIn(await talk.ReadAsync()), Talk.HasIssue);
    }

    [Theory]
    [InlineData("comida", Unknown)]
    [InlineData("comida", "¿Sirven para inducción?")]
    [InlineData(null, "¿Qué me recomienda?")]
    [InlineData("comida", "Hola, ¿puedo pagar a plazos?")]
    [InlineData("comida", "")]
    public async Task An_unknown_question_makes_an_issue(string? context, string question)
    {
        var talk = await _graph.BeginAsync(context);
        await talk.SayAsync(question);

        var read = await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));

        Assert.DoesNotContain(Talk.ThoughtsIn(read), talk.IsBot);
        if (question == Unknown)
            Example.AssertLike("mammut-thoughts-issue-on-visitor-thought", read);
    }

    [Fact]
    public async Task Of_several_lines_the_known_ones_are_answered()
    {
        var talk = await _graph.BeginAsync();
        await talk.SayAsync($"Hola\n¿Qué me recomienda?\n{Unknown}");

        var read = await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));

        Assert.Equal(2, Talk.ThoughtsIn(read).Count(talk.IsBot));
    }

    [Fact]
    public async Task A_halted_room_stays_silent_until_the_mark_is_removed()
    {
        var talk = await _graph.BeginAsync();
        await talk.SayAsync(Unknown);
        await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));
        await talk.SayAsync("¿Qué me recomienda?");

        var request = Example.Json("mammut-remove-halted-request");
        request["machine-id"] = talk.Bot;
        request["room-id"] = talk.Room;
        var (_, result) = await _graph.PostAsync("graph/issue", request.ToJsonString());
        Example.AssertLike("mammut-remove-halted-result", result);
        Assert.Equal(HttpStatusCode.OK, (await _graph.PostAsync("graph/issue", request.ToJsonString())).Status);

        // Only what is said from now on is answered.
        Assert.Equal(["¡Hola! Soy el asistente virtual. ¿En qué puedo ayudarle?"], await talk.AskAsync("Hola"));
    }

    [Fact]
    public async Task A_closed_issue_makes_the_bot_say_its_resolution()
    {
        var talk = await _graph.BeginAsync();
        await talk.SayAsync(Unknown, "2026-03-02T09:20:30+00:00");
        var read = await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));
        var issue = (long)Talk.ThoughtsIn(read)[0]["cause"]!["issue"]![0]!["id"]!;

        await _graph.PostAsync(
            $"graph/issue:{issue}?resolution-text=\"Sí, se aceptan.\";issue-state=\"close\";resolved-by@user:{{\"id\":4120}}",
            "{}"
        );

        Example.AssertLike("mammut-thoughts-issue-closed", await talk.ReadAsync());
    }

    [Theory]
    [InlineData("?creation-date.last(2)", new[] { "b", "c" })]
    [InlineData("?creation-date.last(9)", new[] { "a", "b", "c" })]
    [InlineData("?creation-date.since(%222026-03-02T09%3A00%3A10%2B00%3A00%22)", new[] { "b", "c" })]
    [InlineData("?creation-date.since(\"2026-03-02T09:00:10+00:00\")", new[] { "b", "c" })]
    [InlineData("?creation-date.since(\"2026-03-02T09:00:10 00:00\")", new[] { "b", "c" })]
    [InlineData("?creation-date.since(\"2026-03-02T10:00:11+01:00\")", new[] { "c" })]
    [InlineData("?creation-date.since(\"2027-01-01T00:00:00Z\")", new string[0])]
    public async Task Thoughts_are_read_by_number_or_date_oldest_first(string filter, string[] texts)
    {
        var talk = await _graph.BeginAsync();
        await talk.SayAsync(Unknown, "2026-03-01T00:00:00Z");
        await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));
        await talk.SayAsync("c", "2026-03-02T09:00:20.9+00:00");
        await talk.SayAsync("a", "2026-03-02T09:00:00+00:00");
        await talk.SayAsync("b", "2026-03-02T09:00:10.5+00:00");

        var read = Talk.ThoughtsIn(await talk.ReadAsync(filter, depth: 1));

        Assert.Equal(texts, read.Select(t => (string)t["text"]!).Where(t => t != Unknown));
        Assert.All(read, thought => Assert.Null(thought["send-by"]));
    }

    [Theory]
    [InlineData("?creation-date.since(\"yesterday\")")]
    [InlineData("?creation-date.last(many)")]
    [InlineData("?text.like(\"x\")")]
    public async Task A_filter_that_means_nothing_is_refused(string filter)
    {
        var talk = await _graph.BeginAsync();

        Assert.Equal("Failed", (string?)(await talk.ReadAsync(filter))["status"]);
    }

    [Fact]
    public async Task Nobody_speaks_for_the_unknown_or_into_the_unknown()
    {
        var talk = await _graph.BeginAsync();

        Assert.Equal(HttpStatusCode.NotFound, (await (talk with { Visitor = 1 }).SayAsync("Hola")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await (talk with { Room = 1 }).SayAsync("Hola")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await talk.SayAsync("Hola", "yesterday")).Status);
        Example.AssertLike("mammut-thoughts-empty", await (talk with { Room = 1 }).ReadAsync());
    }
}
