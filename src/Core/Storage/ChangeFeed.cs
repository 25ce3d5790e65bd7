namespace Core.Storage;

/// <summary>Tells whoever listens that something has been committed: open pages read again, and what is kept in memory is forgotten.</summary>
public sealed class ChangeFeed
{
    private event Action<Change>? Changed;

    /// <summary>Calls <paramref name="onChange"/> for every change until the result is disposed; from any thread, and must not block.</summary>
    public IDisposable Subscribe(Action<Change> onChange)
    {
        Changed += onChange;
        return new Subscription(() => Changed -= onChange);
    }

    /// <summary>An admin changed the bot.</summary>
    public void Announce(Guid botId) => Announce(new Change(botId, null, ChangeKind.Settings));

    /// <summary>Something arrived for the bot or was refused.</summary>
    public void AnnounceEvents(Guid botId) => Announce(new Change(botId, null, ChangeKind.Events));

    /// <summary>Something happened in a conversation.</summary>
    public void Announce(Guid botId, long? conversationId) => Announce(new Change(botId, conversationId, ChangeKind.Events));

    /// <summary>Passes a change on. Whoever fails to listen harms neither the others nor whoever announces.</summary>
    public void Announce(Change change)
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                listener(change);
            }
            catch (Exception)
            {
                // What was announced is committed; the page reads it when it is opened again.
            }
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}

/// <summary>Something changed.</summary>
/// <param name="BotId">The bot.</param>
/// <param name="ConversationId">Our conversation id; null = the bot itself.</param>
/// <param name="Kind">What kind of change.</param>
public readonly record struct Change(Guid BotId, long? ConversationId, ChangeKind Kind)
{
    /// <summary>In place of a bot's id: whatever is shown of any bot may have changed.</summary>
    public static Guid EveryBot => Guid.Empty;

    /// <summary>True when another node told of it.</summary>
    public bool FromElsewhere { get; init; }
}

/// <summary>Kinds of changes.</summary>
public enum ChangeKind
{
    /// <summary>Messages and what became of them.</summary>
    Events,

    /// <summary>What admins set: status, token, keys, rules.</summary>
    Settings,
}
