using Core.Bots;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>A customer's message from the inbox to its reply or its hand-over, over real HTTP, with far sides that fail in their ways.</summary>
[Trait("Database", "both")]
public sealed class TurnsTests
{
    [Fact]
    public async Task A_question_is_said_once_and_its_answers_are_posted_in_order()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => ["Sí.", "Hasta las diez."];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Hay menú?"));
        var turn = await desk.EndedAsync();

        Assert.Equal((null, 2), (turn.Reason, turn.Replies.Count));
        Assert.Equal(["¿Hay menú?"], desk.Far.Said);
        Assert.Equal(["Sí.", "Hasta las diez."], desk.Far.Posted);
        Assert.All(turn.Replies, r => Assert.Equal(ReplyState.Sent, r.State));
        Assert.Equal("m1 Handled", await desk.FatesAsync());
    }

    [Fact]
    public async Task What_waits_together_is_one_turn_in_the_order_of_freshchats_clock()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:QuietWindow", "00:00:00.400"));

        await desk.ArriveAsync(Webhook.Customer("m2", 0.2, "mundo"), Webhook.Customer("m1", 0.1, "hola"), Webhook.Customer("m3", 0.3, null));
        await desk.EndedAsync();

        Assert.Equal(["hola\nmundo"], desk.Far.Said);
        Assert.Equal("m2 Handled, m1 Handled, m3 Handled", await desk.FatesAsync());
    }

    [Fact]
    public async Task What_the_bot_does_not_know_goes_to_people_and_the_next_message_is_theirs()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => ["Lo consulto."];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        var turn = await desk.EndedAsync();
        await desk.ArriveAsync(Webhook.Customer("m2", 2, "¿Hola?"));
        await desk.FateAsync("m2 Ignored people_own");

        Assert.Equal(("does_not_know", HandOverVerdict.Done), (turn.Reason, turn.HandOver?.Verdict));
        Assert.Equal(["Lo consulto."], desk.Far.Posted);
        Assert.Equal(1, desk.Far.Count("PUT", "/conversations/"));
        Assert.Equal(["¿Bonos?"], desk.Far.Said);
    }

    [Fact]
    public async Task After_the_resolution_the_room_is_unblocked_and_the_bot_answers_again()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = text => text != "¿Bonos?";
        desk.Far.Bot = text => text == "¿Bonos?" ? [] : ["Hola."];
        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.EndedAsync();

        await desk.ArriveAsync(Webhook.Resolved(3));
        await Eventually.Get(() => Task.FromResult(desk.Far.Count("POST", "graph/issue")), n => n == 1, "the room unblocked");
        await desk.ArriveAsync(Webhook.Customer("m2", 4, "Hola"));
        await desk.FateAsync("m2 Handled");

        Assert.Equal(["Hola."], desk.Far.Posted);
        Assert.Equal(1, desk.Far.Count("POST", "graph/issue"));
    }

    [Fact]
    public async Task Without_a_group_the_question_is_listed_and_the_bot_stays_active()
    {
        await using var desk = await Desk.OpenAsync(b => (b.GroupId, b.GroupName) = (null, null));
        desk.Far.Knows = text => text != "¿Bonos?";
        desk.Far.Bot = text => text == "¿Bonos?" ? [] : ["Hola."];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.FateAsync("m1 Handled does_not_know");
        await desk.ArriveAsync(Webhook.Customer("m2", 1, "Hola"));
        await desk.FateAsync("m2 Handled");

        Assert.Equal(0, desk.Far.Count("PUT", "/conversations/"));
        Assert.Equal(1, desk.Far.Count("POST", "graph/issue"));
        Assert.Equal(1, await desk.Portal.ReadAsync(db => db.OpenQuestions.CountAsync()));
        Assert.Equal(["Hola."], desk.Far.Posted);
    }

    [Fact]
    public async Task Without_a_group_but_set_to_silence_the_bot_is_silent_until_the_resolution()
    {
        await using var desk = await Desk.OpenAsync(b => (b.GroupId, b.GroupName, b.Policies) = (null, null, new() { WithoutGroup = WithoutGroup.StaySilent }));
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.FateAsync("m1 Handled does_not_know");
        await desk.ArriveAsync(Webhook.Customer("m2", 1, "¿Hola?"));
        await desk.FateAsync("m2 Ignored people_own");

        Assert.Equal(0, desk.Far.Count("POST", "graph/issue"));
    }

    [Fact]
    public async Task A_message_without_text_goes_to_people_and_nothing_is_said()
    {
        await using var desk = await Desk.OpenAsync();

        await desk.ArriveAsync(Webhook.Customer("m1", 0, null));
        await desk.FateAsync("m1 Handled unsupported_content");

        Assert.Empty(desk.Far.Said);
        Assert.Equal(1, desk.Far.Count("PUT", "/conversations/"));
    }

    [Fact]
    public async Task A_bot_that_stays_silent_is_relieved_at_the_deadline()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:AnswerDeadline", "00:00:01"));
        desk.Far.Bot = _ => [];

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Hay alguien?"));
        await desk.FateAsync("m1 Handled bot_silent");

        Assert.Single(desk.Far.Said);
        Assert.Equal(1, desk.Far.Count("PUT", "/conversations/"));
    }

    [Fact]
    public async Task A_bot_that_keeps_failing_is_relieved_after_the_attempts()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:MaxAttempts", "2"));
        desk.Far.Instead = r => r.Target.EndsWith("send:=thought", StringComparison.Ordinal) ? Reply.Example("mammut-failed-as-200") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled bot_error");

        Assert.Equal(1, desk.Far.Count("PUT", "/conversations/"));
    }

    [Fact]
    public async Task A_room_that_is_gone_is_made_anew_and_the_turn_is_said_once_more()
    {
        await using var desk = await Desk.OpenAsync();
        var refused = 0;
        desk.Far.Instead = r =>
            r.Target.EndsWith("send:=thought", StringComparison.Ordinal) && Interlocked.Increment(ref refused) == 1 ? Reply.Example("mammut-failed-as-200")
            : r.Method == "GET" && r.Target.Contains("graph/room:", StringComparison.Ordinal) ? Reply.Example("mammut-read-not-found")
            : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");

        Assert.Equal(2, desk.Far.Count("POST", "create:=room"));
        Assert.Equal(["hola"], desk.Far.Said);
        Assert.Equal(["re: hola"], desk.Far.Posted);
    }

    [Fact]
    public async Task A_say_whose_answer_was_lost_is_looked_for_and_not_said_again()
    {
        await using var desk = await Desk.OpenAsync();
        var looked = false;
        desk.Far.Instead = r =>
        {
            if (r.Method == "GET" && r.Target.Contains("with::thought", StringComparison.Ordinal))
                looked = true;
            return null;
        };
        var lost = false;
        desk.Far.Bot = text =>
        {
            if (lost)
                return [$"re: {text}"];
            lost = true;
            throw new InvalidOperationException("the answer is lost after the thought is stored");
        };

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Turns.SingleOrDefaultAsync()), t => t?.ThoughtId is not null, "the thought found");

        Assert.True(looked);
        Assert.Equal(["hola"], desk.Far.Said);
        Assert.Equal(1, desk.Far.Count("POST", "send:=thought"));
    }

    [Fact]
    public async Task A_reply_whose_answer_was_lost_is_found_and_not_posted_again()
    {
        await using var desk = await Desk.OpenAsync();
        var posts = 0;
        desk.Far.Instead = r =>
        {
            if (!IsReply(r) || Interlocked.Increment(ref posts) > 1)
                return null;
            desk.Far.Keep(r);
            return new Reply(503, "");
        };

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");

        Assert.Equal(1, posts);
        Assert.Equal(["re: hola"], desk.Far.Posted);
    }

    [Fact]
    public async Task A_person_who_writes_before_the_next_text_stops_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => ["uno", "dos"];
        desk.Far.Instead = r =>
        {
            // While the first text is on its way an agent's message is stored, acknowledged and not applied yet.
            if (IsReply(r) && desk.Far.Posted.Count == 0)
                desk.ArriveAsync(Webhook.Agent("a1", 0.5)).GetAwaiter().GetResult();
            return null;
        };

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();

        Assert.Equal("people_own", turn.Reason);
        Assert.Equal(["uno"], desk.Far.Posted);
        Assert.Equal([ReplyState.Sent, ReplyState.Stopped], turn.Replies.OrderBy(r => r.Id).Select(r => r.State));
    }

    [Fact]
    public async Task A_refused_token_holds_the_turn_and_is_not_tried_again()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => IsReply(r) ? Reply.Example("error-401", 401) : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Turns.SingleOrDefaultAsync()), t => t?.Stage is TurnStage.Held, "the turn held");
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Bots.SingleAsync()), b => b.TokenRefusedAt is not null, "the alarm on the bot");
        await desk.ArriveAsync(Webhook.Customer("m2", 1));
        await desk.FateAsync("m2 Waiting");

        Assert.Equal(1, desk.Far.Requests.Count(IsReply));
        Assert.Equal("m1 Waiting, m2 Waiting", await desk.FatesAsync());
    }

    [Fact]
    public async Task A_hand_over_that_freshchat_refuses_is_dead_and_a_resolution_still_brings_the_bot_back()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = text => text != "¿Bonos?";
        desk.Far.Instead = r => r.Method == "PUT" ? new Reply(404, """{"code":404,"status":"GROUP_NOT_FOUND","message":"no group"}""") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.FateAsync("m1 Dead hand_over_failed");
        await desk.ArriveAsync(Webhook.Resolved(3), Webhook.Customer("m2", 4, "Hola"));
        await desk.FateAsync("m2 Handled");

        Assert.Equal(Owner.Bot, (await desk.Portal.ConversationAsync()).Owner);
    }

    private static bool IsReply(Seen request) => request.Method == "POST" && request.Target.EndsWith("/messages", StringComparison.Ordinal);
}
