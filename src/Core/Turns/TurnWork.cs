using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;

namespace Core.Turns;

/// <summary>
/// A turn at work, with everything its steps need. Whoever holds the lease of the conversation is the only one who changes these rows,
/// so they are kept here and written, never read again. After a failed write it is dropped: the next one starts from what is stored.
/// </summary>
/// <param name="turn">The turn with its replies and its hand-over.</param>
/// <param name="conversation">Its conversation; only what turns decide about it is current.</param>
/// <param name="known">Its bot.</param>
/// <param name="waits">Ends pauses, but no request under way: a stop cuts short what has nothing to lose.</param>
internal sealed class TurnWork(Turn turn, Conversation conversation, KnownBot known, CancellationToken waits)
{
    private (DateTimeOffset?, string?, long?, long?, string?, bool)? _room = Room(conversation);

    public Turn Turn { get; } = turn;

    public Conversation Conversation { get; } = conversation;

    public Bot Bot { get; } = known.Bot;

    /// <summary>The mode of the bot now; the turn may be of another.</summary>
    public bool BotRelays { get; } = known.Relays;

    /// <summary>Null when the token cannot be read, or was refused and not replaced.</summary>
    public FreshchatAccount? Account { get; } = known.Account;

    public ConversationIds Ids => new(Conversation.FreshchatId, Conversation.NumericId);

    public CancellationToken Waits { get; } = waits;

    /// <summary>Requests to the far sides that are not written down yet.</summary>
    public List<TurnCall> Calls { get; } = [];

    /// <summary>
    /// Requests are written together: when the bot has been asked, when a step has to be repeated, when the turn ends. One by one they
    /// would be a sixth of all that is written.
    /// </summary>
    public bool CallsDue =>
        Turn is { EndedAt: not null } or { NotBefore: not null } or { Stage: TurnStage.Held or TurnStage.HandingOver } or { Stage: TurnStage.Listening, Replies.Count: 0 };

    /// <summary>Other changes that go with the next write.</summary>
    public List<Func<PortalDb, Task>> AlongWith { get; } = [];

    /// <summary>Whether what turns decide about their conversation has changed since it was last written.</summary>
    public bool RoomChanged => Room(Conversation) != _room;

    /// <summary>The room was found halted, which another write has put on disk: the next one writes the whole room anew.</summary>
    public void Halted() => (Conversation.RoomHalted, _room) = (true, null);

    /// <summary>What was to be written is on disk.</summary>
    public void Written(bool withRoom)
    {
        if (CallsDue)
            Calls.Clear();
        AlongWith.Clear();
        if (withRoom)
            _room = Room(Conversation);
    }

    /// <summary>Ids of thoughts and issues that this run has dealt with: what a room shows again costs nothing.</summary>
    public HashSet<long> Seen { get; } = [];

    /// <summary>Notes one request to a far side, for the admin who asks what happened.</summary>
    public void Note<T>(string step, FarResult<T> result, DateTimeOffset now) =>
        Note(step, result.Duration, result.HttpStatus, result.Failure?.Code, now);

    /// <inheritdoc cref="Note{T}" />
    public void Note(string step, TimeSpan duration, int? status, string? code, DateTimeOffset now) =>
        Calls.Add(
            new TurnCall
            {
                TurnId = Turn.Id,
                Step = step,
                At = now - duration,
                Milliseconds = (int)duration.TotalMilliseconds,
                HttpStatus = status,
                Code = code,
            }
        );

    private static (DateTimeOffset?, string?, long?, long?, string?, bool) Room(Conversation c) =>
        (c.FirstSightAt, c.Context, c.VisitorId, c.RoomId, c.RoomContext, c.RoomHalted);
}
