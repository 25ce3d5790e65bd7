namespace Reliability.Tests.Crash;

/// <summary>What must never happen.</summary>
internal enum Fault
{
    /// <summary>Acknowledged, but neither answered nor with people.</summary>
    Lost,

    /// <summary>Said twice to Mammut, or posted twice to Freshchat.</summary>
    Duplicated,

    /// <summary>Replies in another order than the bot's texts.</summary>
    OutOfOrder,

    /// <summary>A reply arrived after the acknowledgement of a take-over and its <see cref="Account.Grace"/>.</summary>
    AfterTakeOver,
}

/// <summary>
/// Accounts for every message id: what the customers wrote, what the far sides saw and what the portal says became of it. Pure, so that
/// the proof itself can be proved.
/// </summary>
internal sealed class Account
{
    /// <summary>
    /// Milliseconds that a request may need from the commit of its intent to its arrival: what was under way when people took over
    /// cannot be called back.
    /// </summary>
    public const double Grace = 150;

    private static readonly HashSet<string> HandedOver = ["does_not_know", "unsupported_content", "bot_silent", "bot_error", "deadline"];

    private readonly List<Finding> _findings = [];
    private readonly Dictionary<string, History> _histories;
    private readonly List<FarMessage> _replies;
    private readonly Ledger _ledger;

    /// <summary>Accounts.</summary>
    /// <param name="ledger">What the far sides saw.</param>
    /// <param name="assignments">What the assignment events mean, by event id.</param>
    /// <param name="recorded">What the portal says, by message id.</param>
    public Account(Ledger ledger, IReadOnlyDictionary<long, Meaning> assignments, IReadOnlyDictionary<string, Recorded> recorded)
    {
        _ledger = ledger;
        _histories = History.All(ledger, assignments);
        _replies = [.. ledger.Messages.Where(m => m.ByApi)];
        Questions(recorded);
        Repeats();
        Order();
        Silence();
    }

    /// <summary>Messages of customers.</summary>
    public int Messages { get; private set; }

    /// <summary>Take-overs by people.</summary>
    public int TakeOvers => _histories.Values.Sum(h => h.TakeOvers);

    /// <summary>Answered by the bot.</summary>
    public int Answered { get; private set; }

    /// <summary>Rightly without a reply: people had the conversation, or it was handed to them.</summary>
    public int Unanswered { get; private set; }

    /// <summary>Never acknowledged: the sender gave up.</summary>
    public int NeverTaken { get; private set; }

    /// <summary>The longest that a reply came after the acknowledgement of a take-over, in milliseconds.</summary>
    public double LargestOvershoot { get; private set; }

    /// <summary>What went wrong.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>How often it happened.</summary>
    public int Count(Fault fault) => _findings.Count(f => f.Fault == fault);

    private void Questions(IReadOnlyDictionary<string, Recorded> recorded)
    {
        var answered = _replies.SelectMany(r => Marker.In(r.Text)).ToHashSet();
        foreach (var question in _ledger.Messages.Where(m => m.ActorType == "user"))
        {
            Messages++;
            if (!_histories.TryGetValue(question.ConversationId, out var history) || !history.Acknowledged(question.Id))
                NeverTaken++;
            else if (recorded.GetValueOrDefault(question.Id) is not { } delivery)
                Note(Fault.Lost, question.ConversationId, $"{question.Text} ({question.Id}): acknowledged, but not in the portal's database");
            else if (Marker.In(question.Text).All(answered.Contains))
                Answered++;
            else
                Explain(question, delivery, history.PeopleHad(question.Id));
        }
    }

    private void Explain(FarMessage question, Recorded delivery, bool peopleHad)
    {
        var reason = delivery.Reason ?? "no reason";
        var withPeople = reason is "people_own" or "superseded_conversation" || HandedOver.Contains(reason);
        if (delivery.Status is "handled" or "ignored" && withPeople && peopleHad)
            Unanswered++;
        else
            Note(
                Fault.Lost,
                question.ConversationId,
                $"{question.Text} ({question.Id}): {delivery.Status}, {reason}, {(peopleHad ? "people" : "the bot")} had the conversation"
            );
    }

    private void Repeats()
    {
        foreach (var same in Turns.SelectMany(turn => turn).GroupBy(marker => marker))
        foreach (var again in same.Skip(1))
            Note(Fault.Duplicated, ConversationOf(again), $"{again} was said again to Mammut");
        foreach (var same in _replies.GroupBy(r => r.Text))
        foreach (var again in same.Skip(1))
            Note(Fault.Duplicated, again.ConversationId, $"posted again to Freshchat: {again.Text}");
    }

    private void Order()
    {
        var places = _ledger.Thoughts.Where(t => t.ByBot).Select((t, at) => (t.Text, at)).DistinctBy(t => t.Text).ToDictionary(t => t.Text, t => t.at);
        foreach (var conversation in _replies.Where(r => places.ContainsKey(r.Text)).DistinctBy(r => r.Text).GroupBy(r => r.ConversationId))
        foreach (var (before, after) in conversation.Zip(conversation.Skip(1)).Where(pair => places[pair.First.Text] > places[pair.Second.Text]))
            Note(Fault.OutOfOrder, conversation.Key, $"'{before.Text}' was posted before '{after.Text}', but the bot said it later");
        // The lines of a turn stand in the order in which the customer wrote them.
        foreach (var turn in Turns)
        foreach (var (before, after) in turn.Zip(turn.Skip(1)).Where(pair => pair.First.Message > pair.Second.Message))
            Note(Fault.OutOfOrder, ConversationOf(before), $"a turn has {before} before {after}");
    }

    private void Silence()
    {
        foreach (var reply in _replies)
        {
            if (!_histories.TryGetValue(reply.ConversationId, out var history) || history.AfterTakeOver(reply.ArrivedAt) is not { } late)
                continue;
            LargestOvershoot = Math.Max(LargestOvershoot, late);
            if (late > Grace)
                Note(Fault.AfterTakeOver, reply.ConversationId, $"{late:0} ms after the acknowledgement: {reply.Text}");
        }
    }

    // The markers of each text that was said to Mammut.
    private IEnumerable<List<Marker>> Turns => _ledger.Thoughts.Where(t => !t.ByBot).Select(t => Marker.In(t.Text).ToList());

    private string? ConversationOf(Marker marker) => _ledger.Messages.Find(m => Marker.In(m.Text).Contains(marker))?.ConversationId;

    private void Note(Fault fault, string? conversation, string what) => _findings.Add(new(fault, conversation, what));
}

/// <summary>Something that must never happen.</summary>
/// <param name="Fault">What it is.</param>
/// <param name="Conversation">Where it happened.</param>
/// <param name="What">The message or text it happened to.</param>
internal sealed record Finding(Fault Fault, string? Conversation, string What);
