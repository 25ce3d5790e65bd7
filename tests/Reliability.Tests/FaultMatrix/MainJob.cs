namespace Reliability.Tests.FaultMatrix;

/// <summary>
/// The job that every row does: a customer asks what the bot knows, another asks what it does not know, and in a third conversation,
/// where the bot has spoken before, a person takes over and the customer writes again.
/// </summary>
internal sealed class MainJob(SandboxSide sandbox, FaultRow row, string person)
{
    public const string Known = "Hola";
    public const string Unknown = "¿Puedo pagar con bonos del ayuntamiento?";
    public const string BeforePerson = "Buenos días";
    public const string AfterPerson = "Buenas tardes";

    public (string Conversation, string Message) Asks { get; private set; }
    public (string Conversation, string Message) Puzzles { get; private set; }
    public (string Conversation, string Message) Writes { get; private set; }
    public string PersonsMessage { get; private set; } = "";

    /// <summary>Whether a person takes over, and the portal is the one who has to mind.</summary>
    public bool WithPerson => row is { Unheard: false, Relay: false };

    private string _helped = "";

    /// <summary>The bot answers somebody whom a person is going to help.</summary>
    public async Task PrepareAsync()
    {
        _helped = await sandbox.ArriveAsync();
        Writes = await sandbox.WriteAsync(_helped, BeforePerson);
        await Patience.UntilAsync(async () => (await sandbox.HistoryAsync()).Replies(Writes.Conversation).Count > 0, Patience.Long);
    }

    /// <summary>The job, as far as webhooks of the row can be heard at all.</summary>
    public async Task DoAsync()
    {
        Asks = await sandbox.WriteAsync(await sandbox.ArriveAsync(), Known, row.WithImage);
        Puzzles = await sandbox.WriteAsync(await sandbox.ArriveAsync(), Unknown);
        if (!WithPerson)
            return;
        PersonsMessage = await sandbox.WriteAsPersonAsync(Writes.Conversation, person, "Ya le atiendo yo.");
        Writes = await sandbox.WriteAsync(_helped, AfterPerson);
    }

    /// <summary>Whether both customers have got an answer or people.</summary>
    public bool IsDone(FarSideHistory history) =>
        row.Unheard
        || ((history.Replies(Asks.Conversation).Count > 0 || history.HandedOverAt(Asks.Conversation) is not null) && history.HandedOverAt(Puzzles.Conversation) is not null);

    /// <summary>What the customers saw, in a sentence.</summary>
    public string Seen(FarSideHistory history)
    {
        var known = After(history, Asks, history.Replies(Asks.Conversation).Select(r => (double?)r.StoredAt).FirstOrDefault());
        var handed = After(history, Asks, history.HandedOverAt(Asks.Conversation));
        var puzzle = After(history, Puzzles, history.HandedOverAt(Puzzles.Conversation));
        var first = (known, handed) switch
        {
            (null, null) => "no answer to what the bot knows",
            (not null, null) => $"the answer {known}",
            (null, not null) => $"people instead of the answer {handed}",
            _ => $"the answer {known}, and people {handed}",
        };
        var second = puzzle is null ? "nobody for what it does not know" : $"people for what it does not know {puzzle}";
        return !WithPerson ? $"{first}; {second}" : $"{first}; {second}; no bot after the take-over";
    }

    /// <summary>What breaks the invariant; empty when nothing does.</summary>
    public IEnumerable<string> Violations(FarSideHistory history)
    {
        if (!IsDone(history))
            yield return "a customer got neither a reply nor people";
        foreach (var conversation in new[] { Asks, Puzzles, Writes }.Select(c => c.Conversation).Distinct())
        foreach (var text in history.Replies(conversation).GroupBy(r => r.Text).Where(g => g.Count() > (row.SaidTwice ? 2 : 1)))
            yield return $"\"{text.Key}\" was posted {text.Count()} times";
        foreach (var text in new[] { Known, Unknown, BeforePerson, AfterPerson }.Where(t => history.SaidToBot(t) > 1))
            yield return $"\"{text}\" was said to the bot {history.SaidToBot(text)} times";
        if (row.Unheard && (history.Replies(Asks.Conversation).Count > 0 || history.HandedOverAt(Puzzles.Conversation) is not null))
            yield return "a webhook that was refused was acted upon";
        if (PersonsMessage.Length > 0 && history.AcknowledgedAt(PersonsMessage) is { } taken && history.Replies(Writes.Conversation).Any(r => r.ArrivedAt > taken))
            yield return "the bot spoke after the take-over was acknowledged";
    }

    private static string? After(FarSideHistory history, (string Conversation, string Message) asked, double? at) =>
        at is null ? null : $"after {Math.Max(0, (at.Value - history.StoredAt(asked.Message)) / 1000):F1} s";
}
