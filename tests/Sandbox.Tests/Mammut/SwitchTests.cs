using System.Net;
using System.Text.Json;
using static Sandbox.Tests.Mammut.Graph;

namespace Sandbox.Tests.Mammut;

/// <summary>The platform's moods and faults (mammut.md 10, switches).</summary>
public sealed class SwitchTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>, IAsyncLifetime
{
    private const string Unknown = "¿Puedo pagar con bonos del ayuntamiento?";
    private readonly Graph _graph = new(sandbox);

    public async ValueTask InitializeAsync()
    {
        using var reset = await sandbox.Http.PostAsync("/sandbox/control/reset", null);
        await sandbox.TurnAsync("mammut/delay", "00:00:00");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_silent_bot_answers_only_what_is_said_afterwards()
    {
        var talk = await _graph.BeginAsync();
        await sandbox.TurnAsync("mammut/silence", true);
        await talk.SayAsync("¿Qué me recomienda?");
        await sandbox.TurnAsync("mammut/silence", false);

        Assert.Equal(["You are welcome! I am here if you need anything else."], await talk.AskAsync("thanks"));
    }

    [Fact]
    public async Task An_outage_lasts_for_as_many_requests_as_wanted_or_until_it_is_ended()
    {
        await sandbox.TurnAsync("mammut/unavailable", 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _graph.GetAsync("graph/user:4120")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _graph.PostAsync("graph/user", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await _graph.GetAsync("graph/user:4120")).Status);

        await sandbox.TurnAsync("mammut/unavailable", -1);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _graph.GetAsync("graph/user:4120")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await _graph.GetAsync("graph/user:4120")).Status);
        await sandbox.TurnAsync("mammut/unavailable", 0);
        Assert.Equal(HttpStatusCode.OK, (await _graph.GetAsync("graph/user:4120")).Status);
    }

    [Fact]
    public async Task A_failure_may_come_with_200_and_then_nothing_has_been_done()
    {
        var talk = await _graph.BeginAsync();
        await sandbox.TurnAsync("mammut/failed-as-200", 1);

        var (status, body) = await talk.SayAsync("Hola");

        Assert.Equal(HttpStatusCode.OK, status);
        Example.AssertLike("mammut-failed-as-200", body);
        Example.AssertLike("mammut-thoughts-empty", await talk.ReadAsync());
    }

    [Fact]
    public async Task Dates_keep_their_fraction_and_since_may_leave_its_instant_out()
    {
        await sandbox.TurnAsync("mammut/seconds-only", false);
        await sandbox.TurnAsync("mammut/exclusive-since", true);
        await sandbox.TurnAsync("mammut/silence", true);
        var talk = await _graph.BeginAsync();
        await talk.SayAsync("a", "2026-03-02T09:15:04.118+00:00");
        await talk.SayAsync("b", "2026-03-02T09:15:04.119+00:00");

        var read = Talk.ThoughtsIn(await talk.ReadAsync("?creation-date.since(\"2026-03-02T09:15:04.118+00:00\")"));

        Assert.Equal("2026-03-02T09:15:04.119+00:00", (string?)Assert.Single(read)["creation-date"]);
    }

    [Theory]
    [InlineData("malformed-json")]
    [InlineData("html")]
    public async Task An_answer_may_not_be_JSON_and_then_nothing_has_been_done(string which)
    {
        var talk = await _graph.BeginAsync();
        await sandbox.TurnAsync($"mammut/{which}", 1);

        await Assert.ThrowsAnyAsync<JsonException>(() => talk.SayAsync("Hola"));

        Example.AssertLike("mammut-thoughts-empty", await talk.ReadAsync());
    }

    [Theory]
    [InlineData("cut-connection", 0)]
    [InlineData("lost-answer", 1)]
    public async Task A_connection_may_be_cut_before_or_after_the_work(string which, int stored)
    {
        var talk = await _graph.BeginAsync();
        await sandbox.TurnAsync("mammut/silence", true);
        await sandbox.TurnAsync($"mammut/{which}", 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => talk.SayAsync("Hola"));

        Assert.Equal(stored, Talk.ThoughtsIn(await talk.ReadAsync()).Length);
    }

    [Fact]
    public async Task Faults_may_concern_one_kind_of_request_only()
    {
        var talk = await _graph.BeginAsync();
        await sandbox.TurnAsync("mammut/faults-at", "read-thoughts");
        await sandbox.TurnAsync("mammut/unavailable", -1);

        Assert.Equal(HttpStatusCode.OK, (await talk.SayAsync("Hola")).Status);
        Assert.Equal("Failed", (string?)(await talk.ReadAsync())["status"]);
    }

    [Theory]
    [InlineData("visitor-thought-with-text", "mammut-thoughts-issue-with-bot-text")]
    [InlineData("bot-thought", "mammut-thoughts-issue-on-bot-thought")]
    public async Task An_issue_may_hang_elsewhere_and_come_with_a_text(string place, string example)
    {
        await sandbox.TurnAsync("mammut/issue-place", place);
        var talk = await _graph.BeginAsync();
        await talk.SayAsync(Unknown);

        Example.AssertLike(example, await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue)));
    }

    [Fact]
    public async Task An_issue_type_may_be_spelled_otherwise()
    {
        await sandbox.TurnAsync("mammut/issue-type", "TOTBL");
        var talk = await _graph.BeginAsync();
        await talk.SayAsync(Unknown);

        var read = await talk.ReadUntilAsync(all => all.Any(Talk.HasIssue));
        Assert.Equal("TOTBL", (string?)Talk.ThoughtsIn(read)[0]["cause"]!["issue"]![0]!["issue-type"]);
    }

    [Fact]
    public async Task A_thought_may_come_twice()
    {
        await sandbox.TurnAsync("mammut/duplicate-thought", true);
        var talk = await _graph.BeginAsync();

        var texts = await talk.AskAsync("Hola", thoughts: 2);

        Assert.Equal(texts[0], texts[1]);
    }

    [Fact]
    public async Task An_answer_may_come_in_two_parts()
    {
        await sandbox.TurnAsync("mammut/split-answer", "00:00:00.01");
        var talk = await _graph.BeginAsync();

        Assert.Equal(
            "¡Hola! Soy el asistente virtual. ¿En qué puedo ayudarle?",
            string.Join(' ', await talk.AskAsync("Hola", thoughts: 2))
        );
    }

    [Fact]
    public async Task The_platforms_clock_may_be_wrong()
    {
        await sandbox.TurnAsync("mammut/clock-shift", "-01:00:00");
        var talk = await _graph.BeginAsync();
        await talk.SayAsync("Hola");

        var said = DateTimeOffset.Parse((string)Talk.ThoughtsIn(await talk.ReadAsync())[0]["creation-date"]!, null);

        Assert.InRange(TimeProvider.System.GetUtcNow() - said, TimeSpan.FromMinutes(59), TimeSpan.FromMinutes(70));
    }

    [Fact]
    public async Task Visitors_may_need_a_main_email()
    {
        await sandbox.TurnAsync("mammut/require-main-email", true);

        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await _graph.PostAsync("graph/user", Example.Text("mammut-create-visitor-request"))).Status
        );
        Assert.Equal(HttpStatusCode.OK, (await _graph.PostAsync("graph/user", Example.Text("mammut-create-bot-request"))).Status);
    }
}
