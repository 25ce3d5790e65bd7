namespace Reliability.Tests.Crash;

/// <summary>The proof proved: an account of a made-up run finds what went wrong in it, and nothing else.</summary>
public sealed class AccountTests
{
    private const string Conversation = "90c79624";

    private readonly Ledger _ledger = new();
    private readonly Dictionary<string, Recorded> _recorded = [];
    private readonly Dictionary<long, Meaning> _assignments = [];
    private long _event;
    private double _now = 1_000;

    [Fact]
    public void An_answered_question_is_no_finding()
    {
        Ask("¿Horario? #c1-m1");
        Answer("De 9 a 20. #c1-m1");

        Finds();
    }

    [Fact]
    public void A_question_acknowledged_but_not_stored_is_lost()
    {
        Ask("¿Horario? #c1-m1", status: null);

        Finds(Fault.Lost);
    }

    [Fact]
    public void A_question_that_was_never_acknowledged_is_not_lost()
    {
        Ask("¿Horario? #c1-m1", status: null, acknowledged: 503);

        Assert.Equal(1, Finds().NeverTaken);
    }

    [Theory]
    [InlineData("handled", null)]
    [InlineData("ignored", "people_own")]
    [InlineData("dead", "hand_over_failed")]
    public void A_question_without_answer_is_lost_when_people_never_had_the_conversation(string status, string? reason)
    {
        Ask("¿Horario? #c1-m1", status, reason);

        Finds(Fault.Lost);
    }

    [Fact]
    public void A_question_without_answer_is_with_people_who_took_over()
    {
        Ask("¿Horario? #c1-m1", "handled", "people_own");
        TakeOver();

        Assert.Equal(1, Finds().Unanswered);
    }

    [Fact]
    public void A_question_after_a_resolution_is_the_bots()
    {
        TakeOver();
        Resolve();
        Ask("¿Horario? #c1-m1", "ignored", "people_own");

        Finds(Fault.Lost);
    }

    [Fact]
    public void What_the_bot_does_not_know_is_with_people_once_it_is_assigned()
    {
        Ask("¿Bonos? #c1-m1", "handled", "does_not_know");
        _assignments[Event("conversation_assignment", null, 200)] = Meaning.HandOver;

        Assert.Equal(1, Finds().Unanswered);
    }

    [Fact]
    public void A_text_posted_twice_is_duplicated()
    {
        Ask("¿Horario? #c1-m1");
        Answer("De 9 a 20. #c1-m1");
        Post("De 9 a 20. #c1-m1");

        Finds(Fault.Duplicated);
    }

    [Fact]
    public void A_question_said_in_two_turns_is_duplicated()
    {
        Ask("¿Horario? #c1-m1");
        Ask("Hola #c1-m2");
        Say("¿Horario? #c1-m1");
        Say("¿Horario? #c1-m1\nHola #c1-m2");
        Answer("De 9 a 20. #c1-m1");
        Answer("Buenas. #c1-m2");

        Finds(Fault.Duplicated);
    }

    [Fact]
    public void A_text_posted_before_an_earlier_one_is_out_of_order()
    {
        Ask("¿Horario? #c1-m1");
        Ask("Hola #c1-m2");
        Think("De 9 a 20. #c1-m1");
        Think("Buenas. #c1-m2");
        Post("Buenas. #c1-m2");
        Post("De 9 a 20. #c1-m1");

        Finds(Fault.OutOfOrder);
    }

    [Theory]
    [InlineData(140, false)]
    [InlineData(160, true)]
    public void A_reply_after_the_acknowledgement_of_a_take_over_is_one_too_many(double late, bool found)
    {
        Ask("¿Horario? #c1-m1");
        TakeOver();
        _now += late;
        Answer("De 9 a 20. #c1-m1");

        Assert.Equal(late, Finds(found ? [Fault.AfterTakeOver] : []).LargestOvershoot, 3);
    }

    [Fact]
    public void A_reply_after_the_conversation_was_given_back_is_right()
    {
        TakeOver();
        Resolve();
        Ask("¿Horario? #c1-m1");
        _now += 5_000;
        Answer("De 9 a 20. #c1-m1");

        Finds();
    }

    [Fact]
    public void A_give_back_that_nobody_could_take_gives_nothing_back()
    {
        TakeOver();
        Event("conversation_resolution", null, 503);
        _now += 5_000;
        Answer("De 9 a 20. #c1-m1");

        Finds(Fault.AfterTakeOver);
    }

    private Account Finds(params Fault[] faults)
    {
        var account = new Account(_ledger, _assignments, _recorded);
        Assert.All(Enum.GetValues<Fault>(), fault => Assert.Equal(faults.Contains(fault) ? 1 : 0, account.Count(fault)));
        return account;
    }

    private void Ask(string text, string? status = "handled", string? reason = null, int acknowledged = 200)
    {
        var id = Message("user", text, byApi: false);
        if (status is not null)
            _recorded[id] = new(status, reason);
        Event("message_create", id, acknowledged);
    }

    private void TakeOver() => Event("message_create", Message("agent", "Le atiendo yo.", byApi: false), 200);

    private void Resolve() => Event("conversation_resolution", null, 200);

    private void Answer(string text)
    {
        Think(text);
        Post(text);
    }

    private void Post(string text) => Message("agent", text, byApi: true);

    private void Think(string text) => _ledger.Thoughts.Add(new(1, true, text));

    private void Say(string text) => _ledger.Thoughts.Add(new(1, false, text));

    private string Message(string actor, string text, bool byApi)
    {
        var id = $"message-{_ledger.Messages.Count}";
        _ledger.Messages.Add(new(id, Conversation, actor, text, byApi, _now));
        return id;
    }

    private long Event(string action, string? message, int status)
    {
        _ledger.Attempts.Add(new(++_event, action, Conversation, message, status, _now, _now));
        return _event;
    }
}
