using System.Globalization;
using Core.Bots;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Webhooks;

/// <summary>Why a customer's message has no answer: nothing is said of one that was answered.</summary>
[Trait("Database", "both")]
public sealed class ExplainSilenceTests
{
    private static readonly ConversationStanding Quiet = new(Blocked: false, TokenRefused: false, TurnRuns: false, SeenToSince: false);

    public static TheoryData<DeliveryStatus, TurnStage?, SilenceCause> Waiting =>
        new()
        {
            { DeliveryStatus.Waiting, null, SilenceCause.QuietWindow },
            { DeliveryStatus.Waiting, TurnStage.Formed, SilenceCause.Answering },
            { DeliveryStatus.Waiting, TurnStage.Saying, SilenceCause.Answering },
            { DeliveryStatus.Waiting, TurnStage.Listening, SilenceCause.Answering },
            { DeliveryStatus.Waiting, TurnStage.HandingOver, SilenceCause.HandingOver },
            { DeliveryStatus.Waiting, TurnStage.Held, SilenceCause.Held },
        };

    [Theory]
    [MemberData(nameof(Waiting))]
    public void What_waits_says_for_what(DeliveryStatus status, TurnStage? stage, SilenceCause cause) =>
        Assert.Equal(new Silence(cause, null, "7"), Silence.Of("7", status, null, stage is { } its ? new(its, Answered: false) : null, Quiet));

    [Fact]
    public void Before_its_turn_what_stands_around_it_decides()
    {
        Assert.Equal(SilenceCause.BehindTurn, BeforeItsTurn(Quiet with { TurnRuns = true }));
        Assert.Equal(SilenceCause.Held, BeforeItsTurn(Quiet with { TurnRuns = true, TokenRefused = true }));
        Assert.Equal(SilenceCause.Blocked, BeforeItsTurn(Quiet with { Blocked = true, TokenRefused = true }));
    }

    [Theory]
    [InlineData(DeliveryStatus.Ignored, Reasons.PeopleOwn, false, SilenceCause.NoAnswer)]
    [InlineData(DeliveryStatus.Ignored, Reasons.PeopleOwn, true, null)]
    [InlineData(DeliveryStatus.Ignored, Reasons.BotPaused, true, SilenceCause.NoAnswer)]
    [InlineData(DeliveryStatus.Ignored, Reasons.BotDraft, false, SilenceCause.NoAnswer)]
    [InlineData(DeliveryStatus.Handled, Reasons.DoesNotKnow, false, SilenceCause.NoAnswer)]
    [InlineData(DeliveryStatus.Handled, Reasons.Relayed, false, null)]
    [InlineData(DeliveryStatus.Handled, null, false, null)]
    [InlineData(DeliveryStatus.Dead, Reasons.HandOverFailed, false, SilenceCause.GivenUp)]
    public void What_is_over_says_why_unless_somebody_answered(DeliveryStatus status, string? reason, bool personWrote, SilenceCause? cause)
    {
        var around = Quiet with { SeenToSince = personWrote };
        var turn = new TurnStanding(TurnStage.Ended, Answered: false);

        Assert.Equal(cause is { } said ? new Silence(said, reason, "7") : null, Silence.Of("7", status, reason, turn, around));
        Assert.Null(Silence.Of("7", status, reason, turn with { Answered = true }, around));
    }

    [Fact]
    public async Task A_paused_bot_s_silence_has_its_reason_and_an_answer_has_none()
    {
        await using var desk = await Desk.OpenAsync();
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        await desk.MoveAsync(BotStatus.Paused);
        await desk.ArriveAsync(Webhook.Customer("m2", 1));
        await desk.FateAsync("m2 Ignored bot_paused");

        var silence = Assert.Single(await ExplainAsync(desk));

        Assert.Equal((SilenceCause.NoAnswer, Reasons.BotPaused), (silence.Cause, silence.Reason));
        var its = long.Parse(silence.DeliveryId, CultureInfo.InvariantCulture);
        Assert.Equal("m2", (await desk.Portal.ReadAsync(db => db.Deliveries.SingleAsync(d => d.Id == its))).MessageId);
    }

    [Fact]
    public async Task A_refused_token_holds_what_was_asked_and_what_is_asked_next()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Method == "POST" && r.Target.EndsWith("/messages", StringComparison.Ordinal) ? Reply.Example("error-401", 401) : null;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Bots.SingleAsync()), b => b.TokenRefusedAt is not null, "the token refused");
        await desk.ArriveAsync(Webhook.Customer("m2", 1));
        await desk.FateAsync("m2 Waiting");

        Assert.Equal([SilenceCause.Held, SilenceCause.Held], (await ExplainAsync(desk)).Select(s => s.Cause));
    }

    [Fact]
    public async Task A_notice_is_no_answer_when_the_hand_over_it_spoke_of_fails()
    {
        await using var desk = await Desk.OpenAsync(b => b.Messages = new() { HandOver = new() { Es = "Ahora le atiende una persona." } });
        desk.Far.Knows = _ => false;
        desk.Far.Bot = _ => [];
        desk.Far.Instead = r => r.Method == "PUT" ? Reply.Example("error-403", 403) : null;
        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.FateAsync("m1 Dead hand_over_failed");
        Assert.Contains(await desk.Portal.ReadAsync(db => db.Replies.ToListAsync()), r => r is { Notice: not null, State: ReplyState.Sent });

        Assert.Equal([SilenceCause.GivenUp], (await ExplainAsync(desk)).Select(s => s.Cause));
        var unanswered = await desk.Portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, new(Unanswered: true), 10, null, CancellationToken.None);
        Assert.Single(unanswered.Value!.Items);
    }

    [Fact]
    public async Task What_is_people_s_is_explained_until_one_of_them_writes()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = _ => false;
        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.EndedAsync();
        await desk.ArriveAsync(Webhook.Customer("m2", 2, "¿Hola?"));
        await desk.FateAsync("m2 Ignored people_own");
        Assert.Equal([Reasons.PeopleOwn], (await ExplainAsync(desk)).Select(s => s.Reason));

        await desk.ArriveAsync(Webhook.Agent("a1", 3));
        await desk.FateAsync("a1 Handled human_took_over");

        Assert.Empty(await ExplainAsync(desk));
    }

    [Fact]
    public async Task What_is_people_s_is_explained_until_it_is_resolved()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = _ => false;
        await desk.ArriveAsync(Webhook.Customer("m1", 0, "¿Bonos?"));
        await desk.EndedAsync();
        await desk.ArriveAsync(Webhook.Customer("m2", 2, "Gracias."));
        await desk.FateAsync("m2 Ignored people_own");

        await desk.ArriveAsync(Webhook.Resolved(3));

        await Eventually.Get(() => ExplainAsync(desk), silent => silent.Count == 0, "nobody waits in what is resolved");
    }

    [Fact]
    public async Task A_conversation_that_is_not_there_has_nothing_to_explain()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var explain = portal.Get<ExplainSilence>();

        Assert.Empty((await explain.HandleAsync(TemporaryPortal.Viewer, "7", CancellationToken.None)).Value!);
        Assert.Empty((await explain.HandleAsync(TemporaryPortal.Viewer, "none", CancellationToken.None)).Value!);
        Assert.Equal("role_too_low", (await explain.HandleAsync(new("nobody", null), "7", CancellationToken.None)).Error?.Code);
    }

    private static SilenceCause? BeforeItsTurn(ConversationStanding around) => Silence.Of("7", DeliveryStatus.Waiting, null, null, around)?.Cause;

    private static async Task<List<Silence>> ExplainAsync(Desk desk)
    {
        var conversation = await desk.Portal.ConversationAsync();
        var silences = await desk.Portal.Get<ExplainSilence>().HandleAsync(TemporaryPortal.Viewer, $"{conversation.Id}", CancellationToken.None);
        return [.. silences.Value!.Values];
    }
}
