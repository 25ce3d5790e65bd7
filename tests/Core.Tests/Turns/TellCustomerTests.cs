using Core.Conversations;
using Core.Tests.Freshchat;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Turns;

/// <summary>What the customer is told at a hand-over (freshchat.md 12.6).</summary>
[Trait("Database", "both")]
public sealed class TellCustomerTests
{
    private const string Coming = "Ya viene una persona.";

    [Fact]
    public async Task Who_is_handed_over_is_told_before_the_assignment()
    {
        await using var desk = await Desk.OpenAsync(b => b.Messages = new() { HandOver = new() { Es = Coming, En = "Somebody is coming." } });
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        var turn = await desk.EndedAsync();

        Assert.Equal("does_not_know", turn.Reason);
        Assert.Equal([Coming], desk.Far.Posted);
        Assert.Equal((Notice.HandOver, ReplyState.Sent), turn.Replies.Select(r => (r.Notice, r.State)).Single());
        var writes = desk.Far.Requests.Where(r => r.Method is "PUT" || (r.Method is "POST" && r.Target.EndsWith("/messages", StringComparison.Ordinal)));
        Assert.Equal(["POST", "PUT"], writes.Select(r => r.Method).Take(2));
    }

    [Fact]
    public async Task Nobody_hears_it_twice_in_an_episode()
    {
        await using var desk = await Desk.OpenAsync(
            b => b.Messages = new() { Unavailable = new() { Es = "Ahora no puedo." } },
            ("Inbox:AnswerDeadline", "00:00:02"),
            ("Mammut:AnswerWait", "00:00:01")
        );
        desk.Far.Bot = _ => [];
        await desk.ArriveAsync(Webhook.Customer("m1", 0), Webhook.Customer("m2", 1));
        await desk.EndedAsync();
        // The bot is back in the same episode, and silent again.
        await desk.Portal.Store.WriteAsync(
            async db => db.RemoveRange(await db.OwnershipEvents.Where(e => e.Cause == OwnershipCause.HandOver).ToListAsync()),
            CancellationToken.None
        );

        await desk.ArriveAsync(Webhook.Customer("m3", 2));
        await desk.FateAsync("m3 Handled bot_silent");

        Assert.Equal(["Ahora no puedo."], desk.Far.Posted);
    }

    [Fact]
    public async Task What_was_said_after_the_episode_began_was_said_in_it_whatever_question_led_to_it()
    {
        await using var desk = await Desk.OpenAsync(b => b.Messages = new() { HandOver = new() { Es = Coming } });
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];
        // Asked before the reopening, answered after it: the texts of this far side are posted in minute 1.
        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?", Webhook.EpisodeOf(-60)));
        await desk.FateAsync("m1 Handled does_not_know");
        await desk.ArriveAsync(Webhook.Assigned(3, Webhook.BotAgent, null));

        await desk.ArriveAsync(Webhook.Customer("m2", 4, "¿Y bonos?", Webhook.EpisodeOf(0.5)));
        await desk.FateAsync("m2 Handled does_not_know");
        Assert.Equal([Coming], desk.Far.Posted);

        // The next episode hears it anew.
        await desk.ArriveAsync(Webhook.Customer("m3", 6, "¿Hay bonos?", Webhook.EpisodeOf(5)));
        await desk.FateAsync("m3 Handled does_not_know");
        Assert.Equal([Coming, Coming], desk.Far.Posted);
    }

    [Fact]
    public async Task Without_a_text_nothing_is_said()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.EndedAsync();

        Assert.Empty(desk.Far.Posted);
    }

    [Fact]
    public async Task A_text_that_freshchat_refuses_holds_up_nothing()
    {
        await using var desk = await Desk.OpenAsync(b => b.Messages = new() { HandOver = new() { Es = Coming } });
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];
        desk.Far.Instead = r =>
            r.Method is "POST" && r.Target.EndsWith("/messages", StringComparison.Ordinal)
                ? new(403, """{"code":403,"status":"FORBIDDEN","message":"no"}""")
                : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        var turn = await desk.EndedAsync();

        Assert.Equal(HandOverVerdict.Done, turn.HandOver!.Verdict);
    }
}
