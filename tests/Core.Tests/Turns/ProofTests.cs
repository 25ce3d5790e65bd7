using Core.Conversations;
using Core.Turns;
using Core.Webhooks;

namespace Core.Tests.Turns;

public sealed class ProofTests
{
    private static readonly DateTimeOffset Written = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Received = Written.AddMilliseconds(120);
    private static readonly DateTimeOffset Started = Received.AddMilliseconds(700);
    private static readonly DateTimeOffset Spoke = Started.AddMilliseconds(900);

    [Fact]
    public void Nothing_has_arrived_yet() => Assert.Equal("waiting waiting waiting waiting waiting waiting", States(new(null, null, null, null)));

    [Fact]
    public void A_refused_webhook_is_why_nothing_arrives()
    {
        var stations = Proof.Stations(new(null, null, null, "signature_mismatch"));

        Assert.Equal((ProofStop.Webhook, "signature_mismatch"), (stations.Single(s => s.State is StationState.Failed).Stop, stations[1].Code));
    }

    [Fact]
    public void A_message_that_waits_for_its_turn_is_in_the_portal() =>
        Assert.Equal("passed passed running waiting waiting waiting", States(new(Delivery(), null, null, null)));

    [Fact]
    public void A_message_that_the_bot_had_no_part_in_ends_in_the_portal_with_the_reason()
    {
        var ignored = Delivery();
        ignored.Ignore(Reasons.PeopleOwn, Received);

        var stations = Proof.Stations(new(ignored, null, null, null));

        Assert.Equal((StationState.Failed, Reasons.PeopleOwn), (stations[2].State, stations[2].Code));
    }

    [Fact]
    public void Mammut_is_being_asked_and_what_it_is_tried_again_after_is_told()
    {
        var turn = Turn();
        turn.Calls.Add(new() { Id = 1, Step = "mammut.say", Milliseconds = 10, Code = "server_error" });

        var stations = Proof.Stations(new(Delivery(), turn, null, null));

        Assert.Equal((StationState.Running, "server_error"), (stations[3].State, stations[3].Code));
    }

    [Theory]
    [InlineData(Reasons.BotSilent, ProofStop.Mammut)]
    [InlineData(Reasons.BotError, ProofStop.Mammut)]
    [InlineData(Reasons.DoesNotKnow, ProofStop.Reply)]
    public void A_turn_that_was_handed_over_fails_where_it_failed(string reason, ProofStop stop)
    {
        var turn = Turn();
        (turn.Reason, turn.EndedAt) = (reason, Spoke);

        var failed = Proof.Stations(new(Delivery(), turn, null, null)).Single(s => s.State is StationState.Failed);

        Assert.Equal((stop, reason), (failed.Stop, failed.Code));
    }

    [Fact]
    public void A_refused_token_holds_the_turn_and_says_so()
    {
        var turn = Turn();
        turn.Stage = TurnStage.Held;
        turn.Replies.Add(new() { Id = 1, Text = "Hola", IntentAt = Spoke });

        var stations = Proof.Stations(new(Delivery(), turn, Spoke, null));

        Assert.Equal((StationState.Failed, "token_refused"), (stations[4].State, stations[4].Code));
    }

    [Fact]
    public void A_posted_reply_has_passed_all_but_the_reading_back_with_the_time_of_each()
    {
        var turn = Turn();
        turn.Replies.Add(new() { Id = 1, Text = "Hola", State = ReplyState.Sent, IntentAt = Spoke });
        turn.Calls.Add(new() { Id = 1, Step = "freshchat.reply", Milliseconds = 80 });

        var stations = Proof.Stations(new(Delivery(), turn, Spoke, null));

        Assert.Equal([null, 120, 700, 900, 80, null], stations.Select(s => s.Milliseconds));
        Assert.Equal("passed passed passed passed passed waiting", States(new(Delivery(), turn, Spoke, null)));
    }

    [Fact]
    public void A_notice_of_the_portal_is_no_answer()
    {
        var turn = Turn();
        turn.Replies.Add(new() { Id = 1, Text = "Un momento", State = ReplyState.Sent, Notice = Notice.Unavailable });
        (turn.Reason, turn.EndedAt) = (Reasons.BotSilent, Spoke);

        Assert.Equal("passed passed passed failed waiting waiting", States(new(Delivery(), turn, null, null)));
    }

    private static string States(ProofFacts facts) => string.Join(' ', Proof.Stations(facts).Select(s => s.State.ToString().ToLowerInvariant()));

    private static Delivery Delivery() => new() { Id = 1, MessageId = "m-1", EventTime = Written, ReceivedAt = Received };

    private static Turn Turn() => new() { Id = 1, ConversationId = 1, StartedAt = Started, Text = "Hola" };
}
