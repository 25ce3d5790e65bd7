using Core.Bots;
using Core.Conversations;
using Core.Tests.Freshchat;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>Turns that may not go on: the bot was paused or archived, or Freshchat refuses what it says.</summary>
[Trait("Database", "both")]
public sealed class StoppedTurnsTests
{
    [Fact]
    public async Task A_bot_that_is_paused_says_nothing_more_not_even_what_it_had_begun()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => ["uno", "dos"];
        desk.Far.Instead = r =>
        {
            if (IsReply(r) && desk.Far.Posted.Count == 0)
                desk.MoveAsync(BotStatus.Paused).GetAwaiter().GetResult();
            return null;
        };

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();

        Assert.Equal(["uno"], desk.Far.Posted);
        Assert.Equal([ReplyState.Sent, ReplyState.Stopped], turn.Replies.OrderBy(r => r.Id).Select(r => r.State));
        Assert.Equal("m1 Handled bot_paused", await desk.FatesAsync());
    }

    [Fact]
    public async Task An_archived_bot_leaves_no_turn_behind_although_its_token_is_gone()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => [];

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => Task.FromResult(desk.Far.Said.Count), n => n == 1, "the question said");
        await desk.MoveAsync(BotStatus.Archived);
        await desk.FateAsync("m1 Handled bot_paused");

        Assert.Empty(desk.Far.Posted);
        Assert.Null((await desk.Portal.ReadAsync(db => db.Bots.SingleAsync())).TokenRefusedAt);
    }

    [Fact]
    public async Task Texts_behind_a_refused_one_are_shown_as_not_sent()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Bot = _ => ["uno", "dos"];
        desk.Far.Instead = r => IsReply(r) ? new Reply(403, """{"code":403,"status":"FORBIDDEN","message":"no scope"}""") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();

        Assert.Equal("refused_by_freshchat", turn.Reason);
        Assert.Equal([ReplyState.Refused, ReplyState.Stopped], turn.Replies.OrderBy(r => r.Id).Select(r => r.State));
    }

    [Fact]
    public async Task A_refusal_that_was_written_down_before_a_crash_is_acted_upon_after_it()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => IsReply(r) ? new Reply(400, """{"code":400,"status":"BAD_REQUEST","message":"This is not the latest conversation"}""") : null;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled superseded_conversation");

        // As the process would have left it, had it died between the two writes.
        await desk.Portal.ReadAsync(db =>
            db.Database.ExecuteSqlAsync($"""update "Turns" set "Stage" = 'Listening', "Reason" = null, "EndedAt" = null""")
        );
        await desk.Portal.ReadAsync(db =>
            db.Database.ExecuteSqlAsync($"""update "Deliveries" set "Status" = 'Waiting', "Reason" = null, "SettledAt" = null""")
        );
        desk.Portal.Get<Core.Webhooks.DeliveryBell>().Ring(await desk.Portal.ReadAsync(db => db.Conversations.Select(c => c.Id).SingleAsync()));

        await desk.FateAsync("m1 Handled superseded_conversation");
        Assert.Empty(desk.Far.Posted);
    }

    private static bool IsReply(Seen request) => request.Method == "POST" && request.Target.EndsWith("/messages", StringComparison.Ordinal);

    [Fact]
    public async Task A_fault_of_the_portal_that_stays_leaves_nobody_waiting_people_get_the_conversation()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:AnswerDeadline", "00:00:02"));
        await FailAsync(desk, "Replies");

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();

        Assert.Equal("deadline", turn.Reason);
        Assert.Equal(HandOverVerdict.Done, turn.HandOver?.Verdict);
        Assert.Equal(["hola"], desk.Far.Said);
        Assert.Empty(desk.Far.Posted);
    }

    [Fact]
    public async Task When_the_fault_hits_the_hand_over_too_the_conversation_is_dead_and_can_be_tried_again()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:AnswerDeadline", "00:00:02"));
        await FailAsync(desk, "Replies");
        await FailAsync(desk, "HandOvers");

        await desk.ArriveAsync(Webhook.Customer("m1", 0));

        await desk.FateAsync("m1 Dead hand_over_failed");
    }

    [Fact]
    public async Task A_token_that_is_refused_while_the_site_is_looked_up_holds_the_turn_nothing_is_asked_in_another_context()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Method == "GET" && r.Target.Contains("/users/", StringComparison.Ordinal) ? new Reply(401, "") : null;

        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Bots.Select(b => b.TokenRefusedAt).SingleAsync()), refused => refused is not null, "the alarm");

        Assert.Equal(TurnStage.Held, (await desk.Portal.ReadAsync(db => db.Turns.SingleAsync())).Stage);
        Assert.Empty(desk.Far.Said);
    }

    // Stands for a bug: whatever is inserted there is refused.
    private static Task<int> FailAsync(Desk desk, string table) =>
        desk.Portal.ReadAsync(db =>
            db.Database.ExecuteSqlRawAsync(
                db.Database.IsSqlite()
                    ? $"""create trigger "{table}Fail" before insert on "{table}" begin select raise(abort, 'a bug'); end"""
                    : $"""alter table "{table}" add constraint "{table}Fail" check (1 = 0) not valid"""
            )
        );
}
