using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Conversations.Reply;

namespace Core.Tests.Webhooks;

/// <summary>What stored webhooks do to a conversation, whatever the order in which they came (freshchat.md 10-12).</summary>
[Trait("Database", "both")]
public sealed class ApplyDeliveriesTests
{
    [Fact]
    public async Task A_customers_message_waits_for_a_turn_and_is_remembered()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, Webhook.Customer("m1", 0, "¿Hay menú?"));

        Assert.Equal("m1 Waiting", await FatesAsync(portal));
        var message = await portal.ReadAsync(db => db.Messages.SingleAsync());
        Assert.Equal((Author.Customer, "¿Hay menú?", Webhook.FirstEpisode), (message.Author, message.Text, message.InteractionId));
        var conversation = await portal.ConversationAsync();
        Assert.Equal((Webhook.Conversation, Owner.Bot, "ee8f6454-f178-4ec7-b609-912fe2e7a724"), (conversation.FreshchatId, conversation.Owner, conversation.ChannelId));
    }

    [Fact]
    public async Task A_person_who_writes_takes_over_and_a_resolution_gives_back()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, Webhook.Agent("a1", 1), Webhook.Customer("m1", 2));
        Assert.Equal(Owner.People, (await portal.ConversationAsync()).Owner);
        await ArriveAsync(portal, Webhook.Resolved(3), Webhook.Customer("m2", 4));

        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
        Assert.Equal("a1 Handled human_took_over, m1 Ignored people_own, - Handled state_event, m2 Waiting", await FatesAsync(portal));
    }

    [Fact]
    public async Task A_late_take_over_before_the_resolution_changes_nothing_now_but_marks_its_period()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, Webhook.Resolved(5), Webhook.Agent("a1", 2));
        await ArriveAsync(portal, Webhook.Customer("late", 3), Webhook.Customer("now", 6), Webhook.Customer("before", 1));

        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
        Assert.Equal(
            "- Handled state_event, a1 Handled human_took_over, late Ignored people_own, now Waiting, before Waiting",
            await FatesAsync(portal)
        );
    }

    [Fact]
    public async Task A_message_of_a_later_episode_brings_the_bot_back_and_so_do_the_ones_it_overtook()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, Webhook.Agent("a1", 1));
        await ArriveAsync(portal, Webhook.Customer("second", 9, episode: "904417330215862-2000"), Webhook.Customer("first", 8, episode: "904417330215862-2000"));

        Assert.Equal("a1 Handled human_took_over, second Waiting, first Waiting", await FatesAsync(portal));
    }

    [Theory]
    [InlineData(BotStatus.Draft, "bot_draft")]
    [InlineData(BotStatus.Paused, "bot_paused")]
    public async Task A_bot_that_does_not_answer_still_follows_who_owns_the_conversation(BotStatus status, string reason)
    {
        await using var portal = await OpenAsync(b => b.Status = status);

        await ArriveAsync(portal, Webhook.Customer("m1", 0), Webhook.Agent("a1", 1));

        Assert.Equal($"m1 Ignored {reason}, a1 Handled human_took_over", await FatesAsync(portal));
        Assert.Equal(Owner.People, (await portal.ConversationAsync()).Owner);
    }

    [Fact]
    public async Task Assignments_conclude_what_the_table_says()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, Webhook.Assigned(1, Webhook.OtherAgent, null, assignor: "system", assignorId: null));
        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
        await ArriveAsync(portal, Webhook.Assigned(2, Webhook.OtherAgent, null));
        Assert.Equal(Owner.People, (await portal.ConversationAsync()).Owner);
        await ArriveAsync(portal, Webhook.Assigned(3, Webhook.BotAgent, null));
        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
    }

    [Fact]
    public async Task An_unknown_action_is_kept_and_touches_nothing()
    {
        await using var portal = await OpenAsync();

        await ArriveAsync(portal, """{"action":"conversation_status_update","data":{}}"""u8.ToArray());

        Assert.Equal("- Ignored unknown_action", await FatesAsync(portal));
        Assert.Equal(0, await portal.ReadAsync(db => db.Conversations.CountAsync()));
    }

    [Fact]
    public async Task The_first_assignment_to_our_group_after_the_put_dates_the_hand_over()
    {
        await using var portal = await OpenAsync();
        await HandedOverAsync(portal, asked: 1);

        await ArriveAsync(portal, Webhook.Assigned(0.5, null, Webhook.Group), Webhook.Assigned(2, null, "another-group"));
        Assert.Null((await HandOverAsync(portal)).At);
        await ArriveAsync(portal, Webhook.Assigned(2.5, null, Webhook.Group, assignor: "system"), Webhook.Assigned(4, null, Webhook.Group));

        Assert.Equal(Webhook.Start.AddMinutes(2.5), (await HandOverAsync(portal)).At);
        await ArriveAsync(portal, Webhook.Resolved(3));
        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
    }

    [Fact]
    public async Task An_assignment_by_others_long_after_the_bot_was_back_dates_nothing()
    {
        await using var portal = await OpenAsync();
        await HandedOverAsync(portal, asked: 1, dated: 2);

        await ArriveAsync(portal, Webhook.Resolved(3), Webhook.Assigned(9, null, Webhook.Group));

        Assert.Equal(Webhook.Start.AddMinutes(2), (await HandOverAsync(portal)).At);
        Assert.Equal(Owner.Bot, (await portal.ConversationAsync()).Owner);
    }

    [Fact]
    public async Task An_own_echo_settles_the_reply_whose_answer_was_lost()
    {
        await using var portal = await OpenAsync();
        await SendingAsync(portal, "Sí, hay menú.", asked: 1);

        await ArriveAsync(portal, Webhook.Echo("e0", 0.5, "Sí, hay menú."), Webhook.Echo("e1", 2, "Otra cosa"));
        Assert.Equal((ReplyState.Sending, null), await ReplyAsync(portal));
        await ArriveAsync(portal, Webhook.Echo("e2", 2, "Sí, hay menú."));

        Assert.Equal((ReplyState.Sent, "e2"), await ReplyAsync(portal));
        Assert.Equal("e0 Ignored own_echo, e1 Ignored own_echo, e2 Ignored own_echo", await FatesAsync(portal));
        Assert.Equal(Owner.Bot, await portal.ReadAsync(db => db.Conversations.Select(c => c.Owner).SingleAsync()));
    }

    [Fact]
    public async Task An_echo_belongs_to_the_turn_that_runs_rather_than_to_one_that_ended_in_doubt()
    {
        await using var portal = await OpenAsync();
        await SendingAsync(portal, "Hola", asked: 1, ended: true);
        await SendingAsync(portal, "Hola", asked: 5);

        await ArriveAsync(portal, Webhook.Echo("e1", 6, "Hola"));

        var replies = await portal.ReadAsync(db => db.Replies.OrderBy(r => r.Id).Select(r => r.FreshchatMessageId).ToListAsync());
        Assert.Equal([null, "e1"], replies);
    }

    private static async Task<TemporaryPortal> OpenAsync(Action<Bot>? change = null)
    {
        var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync(change);
        await portal.StartAsync(nameof(Inbox));
        return portal;
    }

    private static async Task ArriveAsync(TemporaryPortal portal, params byte[][] bodies)
    {
        var bot = await portal.ReadAsync(db => db.Bots.SingleAsync());
        foreach (var body in bodies)
            Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, body));
        await portal.ApplyAsync();
    }

    private static async Task<string> FatesAsync(TemporaryPortal portal) =>
        string.Join(
            ", ",
            (await portal.ReadAsync(db => db.Deliveries.OrderBy(d => d.Id).ToListAsync())).Select(d => $"{d.MessageId ?? "-"} {d.Status} {d.Reason}".Trim())
        );

    private static Task<OwnershipEvent> HandOverAsync(TemporaryPortal portal) =>
        portal.ReadAsync(db => db.OwnershipEvents.SingleAsync(e => e.Cause == OwnershipCause.HandOver));

    private static async Task<(ReplyState, string?)> ReplyAsync(TemporaryPortal portal)
    {
        var reply = await portal.ReadAsync(db => db.Replies.SingleAsync());
        return (reply.State, reply.FreshchatMessageId);
    }

    private static Task HandedOverAsync(TemporaryPortal portal, double asked, double? dated = null) =>
        TurnAsync(
            portal,
            asked,
            ended: true,
            (db, turn) =>
            {
                db.Add(new HandOver { TurnId = turn.Id, ConversationId = turn.ConversationId, BotId = turn.BotId, GroupId = Webhook.Group });
                db.Add(
                    new OwnershipEvent
                    {
                        ConversationId = turn.ConversationId,
                        Cause = OwnershipCause.HandOver,
                        At = dated is { } minute ? Webhook.Start.AddMinutes(minute) : null,
                    }
                );
            }
        );

    private static Task SendingAsync(TemporaryPortal portal, string text, double asked, bool ended = false) =>
        TurnAsync(
            portal,
            asked,
            ended,
            (db, turn) =>
                db.Add(new Reply { TurnId = turn.Id, ConversationId = turn.ConversationId, Text = text, State = ReplyState.Sending })
        );

    private static Task TurnAsync(TemporaryPortal portal, double asked, bool ended, Action<PortalDb, Turn> add) =>
        portal.Store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.SingleAsync();
                var conversation = await db.Conversations.FirstOrDefaultAsync();
                if (conversation is null)
                    db.Add(conversation = new Conversation { BotId = bot.Id, FreshchatId = Webhook.Conversation });
                await db.SaveChangesAsync();
                var turn = new Turn
                {
                    ConversationId = conversation.Id,
                    BotId = bot.Id,
                    CreationDate = Webhook.Start.AddMinutes(asked),
                    EndedAt = ended ? Webhook.Start.AddMinutes(asked) : null,
                };
                db.Add(turn);
                await db.SaveChangesAsync();
                add(db, turn);
            },
            CancellationToken.None
        );
}
