using Core.Bots;
using Core.Bots.Sites;
using Core.Outcomes;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>One question to the bot as it would be asked from a site, and no customer hears of it.</summary>
[Trait("Database", "both")]
public sealed class TryContextTests
{
    [Fact]
    public async Task It_is_asked_in_a_room_of_its_own_and_no_conversation_knows_of_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => ["Sí.", "Hasta las diez."];

        var answer = (await TryAsync(desk, "comida")).Value!;

        Assert.Equal(["Sí.", "Hasta las diez."], answer.Texts);
        Assert.True(answer is { Known: true } && answer.Took > TimeSpan.Zero);
        var room = Assert.Single(desk.Far.Requests, r => r.Target.EndsWith("create:=room", StringComparison.Ordinal)).Body;
        Assert.Contains("\"sub-channel\":\"comida\"", room, StringComparison.Ordinal);
        Assert.Contains("Portal test", room, StringComparison.Ordinal);
        Assert.Empty(desk.Far.Posted);
        Assert.DoesNotContain(desk.Far.Requests, r => r.Target.StartsWith("/v2", StringComparison.Ordinal));
        Assert.Equal((0, 0), (await desk.Portal.ReadAsync(db => db.Conversations.CountAsync()), await desk.Portal.ReadAsync(db => db.OpenQuestions.CountAsync())));
    }

    [Fact]
    public async Task Without_a_context_the_room_names_none()
    {
        await using var desk = await Desk.OpenAsync();

        Assert.Equal(["re: ¿Abren hoy?"], (await TryAsync(desk, " ")).Value!.Texts);

        Assert.DoesNotContain(desk.Far.Requests, r => r.Body.Contains("sub-channel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_bot_does_not_know_is_told_and_its_room_is_not_left_halted()
    {
        await using var desk = await Desk.OpenAsync();
        (desk.Far.Knows, desk.Far.Bot) = (_ => false, _ => []);

        var answer = (await TryAsync(desk, "comida")).Value!;

        Assert.Equal((false, 0), (answer.Known, answer.Texts.Count));
        Assert.Equal(1, desk.Far.Count("POST", "graph/issue"));
    }

    [Fact]
    public async Task A_bot_that_stays_silent_is_waited_for_no_longer_than_the_answer_wait()
    {
        await using var desk = await Desk.OpenAsync(("Mammut:AnswerWait", "00:00:00.300"));
        desk.Far.Bot = _ => [];

        Assert.True((await TryAsync(desk, null)).Value is { Known: true, Texts.Count: 0 });
    }

    [Fact]
    public async Task A_failure_is_named_and_nothing_is_said_twice()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Target.EndsWith("send:=thought", StringComparison.Ordinal) ? new Reply(503, "down") : null;

        Assert.Equal("mammut_server_error", (await TryAsync(desk, null)).Error?.Code);

        Assert.Equal(1, desk.Far.Count("POST", "send:=thought"));
    }

    [Fact]
    public async Task Waiting_can_be_ended()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => [];
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300), TimeProvider.System);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TryAsync(desk, null, stop.Token));
    }

    [Fact]
    public async Task Who_may_not_and_what_cannot_be_asked_is_refused()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var (bot, ask) = (await portal.BotAsync(b => b.MammutId = null), portal.Get<TryContext>());

        Assert.Equal("role_too_low", (await ask.HandleAsync(TemporaryPortal.Viewer, bot.Id, "a", null, CancellationToken.None)).Error?.Code);
        Assert.Equal("required", (await ask.HandleAsync(TemporaryPortal.Operator, bot.Id, " ", null, CancellationToken.None)).Error?.Code);
        Assert.Equal("too_long", (await ask.HandleAsync(TemporaryPortal.Operator, bot.Id, new('a', 2001), null, CancellationToken.None)).Error?.Code);
        Assert.Equal("bot_not_in_mammut", (await ask.HandleAsync(TemporaryPortal.Operator, bot.Id, "a", null, CancellationToken.None)).Error?.Code);
        var gone = await portal.BotAsync(b => b.Status = BotStatus.Archived, "another-app");
        Assert.Equal("wrong_status", (await ask.HandleAsync(TemporaryPortal.Operator, gone.Id, "a", null, CancellationToken.None)).Error?.Code);
        Assert.Equal("bot_not_found", (await ask.HandleAsync(TemporaryPortal.Operator, Guid.NewGuid(), "a", null, CancellationToken.None)).Error?.Code);
    }

    private static async Task<Result<TriedAnswer>> TryAsync(Desk desk, string? context, CancellationToken cancel = default) =>
        await desk.Portal.Get<TryContext>()
            .HandleAsync(TemporaryPortal.Operator, desk.BotId, " ¿Abren hoy? ", context, cancel);
}
