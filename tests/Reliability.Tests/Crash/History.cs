namespace Reliability.Tests.Crash;

/// <summary>What an event means for the owner of its conversation (freshchat.md 12.4).</summary>
internal enum Meaning
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A customer wrote.</summary>
    Question,

    /// <summary>An agent wrote, or assigned the conversation to an agent other than the bot's.</summary>
    TakeOver,

    /// <summary>The portal gave the conversation to a group.</summary>
    HandOver,

    /// <summary>Resolved or reopened: the bot's again.</summary>
    GiveBack,
}

/// <summary>What happened in one conversation, in order, as Freshchat saw it, and when the portal was told.</summary>
internal sealed class History
{
    private readonly List<Happening> _all;

    private History(IEnumerable<Happening> happenings) => _all = [.. happenings.OrderBy(h => h.Id)];

    /// <summary>Take-overs by people.</summary>
    public int TakeOvers => _all.Count(h => h.Meaning is Meaning.TakeOver);

    /// <summary>The histories of all conversations, by id.</summary>
    public static Dictionary<string, History> All(Ledger ledger, IReadOnlyDictionary<long, Meaning> assignments)
    {
        var messages = ledger.Messages.ToDictionary(m => m.Id);
        return ledger
            .Attempts.GroupBy(a => a.EventId)
            .Select(attempts => (Attempts: attempts, First: attempts.First()))
            .GroupBy(e => e.First.ConversationId)
            .ToDictionary(events => events.Key, events => new History(events.Select(e => Of(e.Attempts, Means(e.First)))));

        Meaning Means(FarAttempt attempt) =>
            attempt.Action switch
            {
                "message_create" => messages[attempt.MessageId!] switch
                {
                    { ActorType: "user" } => Meaning.Question,
                    { ActorType: "agent", ByApi: false } => Meaning.TakeOver,
                    _ => Meaning.None,
                },
                "conversation_resolution" or "conversation_reopen" => Meaning.GiveBack,
                _ => assignments.GetValueOrDefault(attempt.EventId),
            };
    }

    /// <summary>True when the portal acknowledged the message.</summary>
    public bool Acknowledged(string messageId) => _all.Exists(h => h.MessageId == messageId && h.AcknowledgedAt is not null);

    /// <summary>
    /// By how many milliseconds something that arrived at <paramref name="time"/> came after the acknowledgement of a take-over that was
    /// still in force; null = people did not own the conversation, as far as the portal had acknowledged.
    /// </summary>
    public double? AfterTakeOver(double time) =>
        _all.Where(h => h.Meaning is Meaning.TakeOver && h.AcknowledgedAt < time && !(GivenBackAt(h) <= time)).Max(h => time - h.AcknowledgedAt);

    /// <summary>True when people owned the conversation as the message was written, or took it later.</summary>
    public bool PeopleHad(string messageId)
    {
        var (peoples, written) = (false, false);
        foreach (var happening in _all)
        {
            written |= happening.MessageId == messageId;
            if (happening.Meaning is Meaning.TakeOver or Meaning.HandOver)
                peoples = true;
            else if (happening.Meaning is Meaning.GiveBack && !written)
                peoples = false;
        }
        return peoples;
    }

    // A customer's message behind the give-back carries its news, too: it is of a later episode.
    private double? GivenBackAt(Happening takeOver) =>
        _all.Find(h => h.Id > takeOver.Id && h.Meaning is Meaning.GiveBack) is { } first
            ? _all.Where(h => h.Id >= first.Id && h.Meaning is Meaning.GiveBack or Meaning.Question).Min(h => h.ReachedAt)
            : null;

    private static Happening Of(IGrouping<long, FarAttempt> attempts, Meaning meaning) =>
        new(
            attempts.Key,
            attempts.First().MessageId,
            meaning,
            attempts.Where(a => !a.NotTaken).Min(a => (double?)a.SentAt),
            attempts.Where(a => a.Accepted).Min(a => (double?)a.AnsweredAt)
        );

    /// <param name="Id">Grows in the order in which the events happened.</param>
    /// <param name="MessageId">The message, if it is one.</param>
    /// <param name="Meaning">What it means for the owner.</param>
    /// <param name="ReachedAt">When the portal may first have had it; null = it never had.</param>
    /// <param name="AcknowledgedAt">When the portal's first 2xx was there; null = there was none.</param>
    private sealed record Happening(long Id, string? MessageId, Meaning Meaning, double? ReachedAt, double? AcknowledgedAt);
}
