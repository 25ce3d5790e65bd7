using System.Net;
using Microsoft.Extensions.Time.Testing;
using static Sandbox.Tests.Mammut.Graph;

namespace Sandbox.Tests.Mammut;

/// <summary>What time, restarts and crowds do to conversations.</summary>
public sealed class LifeTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_question_waits_in_the_room_until_the_bot_has_answered()
    {
        var clock = new FakeTimeProvider(Noon);
        await using var sandbox = await RunningSandbox.StartAsync(clock);
        var talk = await new Graph(sandbox).BeginAsync();
        Example.AssertLike("mammut-thoughts-empty", await talk.ReadAsync());

        var (status, said) = await talk.SayAsync("¿Hay menú sin gluten para el viernes?", "2026-03-02T09:15:04.118+00:00");
        Assert.Equal(HttpStatusCode.OK, status);
        Example.AssertLike("mammut-send-thought-result", said);
        Example.AssertLike("mammut-thoughts-waiting", await talk.ReadAsync());

        clock.Advance(TimeSpan.FromSeconds(1));
        var answered = await talk.ReadUntilAsync(all => all.Length > 1);
        Example.AssertLike("mammut-thoughts-no-issue", answered);
        Assert.Equal(IdOf("thought", said), (long)Talk.ThoughtsIn(answered)[0]["id"]!);
        Assert.Equal("2026-03-02T09:15:04+00:00", (string?)Talk.ThoughtsIn(answered)[0]["creation-date"]);
    }

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

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 40).Select(async _ => await (await graph.BeginAsync()).AskAsync("Hola"))
        );

        Assert.All(answers, answer => Assert.Single(answer));
    }
}
