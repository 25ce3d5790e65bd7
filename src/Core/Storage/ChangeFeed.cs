namespace Core.Storage;

/// <summary>Tells open pages that something about a bot or a conversation has been committed, so that they read again.</summary>
public sealed class ChangeFeed
{
    private event Action<Change>? Changed;

    /// <summary>Calls <paramref name="onChange"/> for every change until the result is disposed; from any thread, and must not block.</summary>
    public IDisposable Subscribe(Action<Change> onChange)
    {
        Changed += onChange;
        return new Subscription(() => Changed -= onChange);
    }

    /// <summary>Announces a committed change. A page that fails to listen harms neither the others nor whoever announces.</summary>
    public void Announce(Guid botId, long? conversationId = null)
    {
        foreach (var listener in Delegate.EnumerateInvocationList(Changed))
        {
            try
            {
                listener(new(botId, conversationId));
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
public readonly record struct Change(Guid BotId, long? ConversationId);
