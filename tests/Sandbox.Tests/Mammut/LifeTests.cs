using System.Net;
using Microsoft.Extensions.Time.Testing;
using static Sandbox.Tests.Mammut.Graph;

namespace Sandbox.Tests.Mammut;

/// <summary>What time, restarts, crowds and switches do to conversations.</summary>
public sealed class LifeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_bot_thinks_as_long_as_the_switch_says()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var sandbox = await RunningSandbox.StartAsync(clock);
        await sandbox.TurnAsync("mammut/delay", "00:00:30");
        var talk = await new Graph(sandbox).BeginAsync();
        await talk.SayAsync("Hola");

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Single(Talk.ThoughtsIn(await talk.ReadAsync()));

        clock.Advance(TimeSpan.FromSeconds(1));
        var read = await talk.ReadUntilAsync(all => all.Length == 2);
        Assert.Equal("2026-03-02T12:00:30+00:00", (string?)Talk.ThoughtsIn(read)[1]["creation-date"]);
    }

    [Fact]
    public async Task An_answer_that_was_due_while_the_sandbox_was_down_is_given_afterwards()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var sandbox = await RunningSandbox.StartAsync(clock);
        await sandbox.TurnAsync("mammut/delay", "00:01:00");
        var talk = await new Graph(sandbox).BeginAsync();
        await talk.SayAsync("Hola");

        clock.Advance(TimeSpan.FromSeconds(10));
        await sandbox.RestartAsync();
        Assert.Single(Talk.ThoughtsIn(await talk.ReadAsync()));
        clock.Advance(TimeSpan.FromMinutes(1));

        await talk.ReadUntilAsync(all => all.Length == 2);
    }

    [Fact]
    public async Task A_reset_forgets_everyone_and_gives_no_number_out_again()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var graph = new Graph(sandbox);
        var before = await graph.BeginAsync();

        using var reset = await sandbox.Http.PostAsync("/sandbox/control/reset", null);

        Assert.Equal(HttpStatusCode.NotFound, (await before.SayAsync("Hola")).Status);
        Example.AssertLike("mammut-read-not-found", (await graph.GetAsync($"graph/room:{before.Room}")).Body);
        var after = await graph.BeginAsync();
        Assert.True(after.Room > before.Room && after.Bot > before.Visitor);
        Assert.Single(await after.AskAsync("Hola"));
    }

    [Fact]
    public async Task Many_conversations_at_once_are_all_answered()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var graph = new Graph(sandbox);

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ => await (await graph.BeginAsync()).AskAsync("Hola")));

        Assert.All(answers, answer => Assert.Single(answer));
    }

    [Fact]
    public async Task A_silent_bot_answers_only_what_is_said_afterwards()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var talk = await new Graph(sandbox).BeginAsync();
        await sandbox.TurnAsync("mammut/silence", true);
        await talk.SayAsync("¿Qué me recomienda?");
        await sandbox.TurnAsync("mammut/silence", false);

        Assert.Equal(["You are welcome! I am here if you need anything else."], await talk.AskAsync("thanks"));
    }

    [Fact]
    public async Task An_outage_lasts_for_as_many_requests_as_wanted_or_until_it_is_ended()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var graph = new Graph(sandbox);

        await sandbox.TurnAsync("mammut/unavailable", 2);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await graph.GetAsync("graph/user:4120")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await graph.PostAsync("graph/user", "{}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await graph.GetAsync("graph/user:4120")).Status);

        await sandbox.TurnAsync("mammut/unavailable", -1);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await graph.GetAsync("graph/user:4120")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await graph.GetAsync("graph/user:4120")).Status);
        await sandbox.TurnAsync("mammut/unavailable", 0);
        Assert.Equal(HttpStatusCode.OK, (await graph.GetAsync("graph/user:4120")).Status);
    }

    [Fact]
    public async Task A_failure_may_come_with_200_and_then_nothing_has_been_done()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        var talk = await new Graph(sandbox).BeginAsync();
        await sandbox.TurnAsync("mammut/failed-as-200", 1);

        var (status, body) = await talk.SayAsync("Hola");

        Assert.Equal(HttpStatusCode.OK, status);
        Example.AssertLike("mammut-failed-as-200", body);
        Example.AssertLike("mammut-thoughts-empty", await talk.ReadAsync());
    }

    [Fact]
    public async Task Dates_keep_their_fraction_and_since_may_leave_its_instant_out()
    {
        await using var sandbox = await RunningSandbox.StartAsync();
        await sandbox.TurnAsync("mammut/seconds-only", false);
        await sandbox.TurnAsync("mammut/exclusive-since", true);
        await sandbox.TurnAsync("mammut/silence", true);
        var talk = await new Graph(sandbox).BeginAsync();
        await talk.SayAsync("a", "2026-03-02T09:15:04.118+00:00");
        await talk.SayAsync("b", "2026-03-02T09:15:04.119+00:00");

        var read = Talk.ThoughtsIn(await talk.ReadAsync("?creation-date.since(\"2026-03-02T09:15:04.118+00:00\")"));

        Assert.Equal("2026-03-02T09:15:04.119+00:00", (string?)Assert.Single(read)["creation-date"]);
    }
}
