using System.Collections.Concurrent;

namespace Portal.Authentication;

/// <summary>
/// Sessions whose person has signed out before their end. Known to this process alone, and until they would have ended anyway: a ticket is
/// deleted where it lies, and this is for the pages that are still open with it.
/// </summary>
internal sealed class SignedOutSessions(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, DateTimeOffset> _until = new();

    /// <summary>Raised with the id of a session when its person signs out; must not block.</summary>
    public event Action<string>? SignedOut;

    /// <summary>Ends a session.</summary>
    public void Add(PortalSession session)
    {
        foreach (var (id, until) in _until)
        {
            if (until <= clock.GetUtcNow())
                _until.TryRemove(id, out _);
        }
        _until[session.Id] = session.Until;
        SignedOut?.Invoke(session.Id);
    }

    /// <summary>Whether a ticket belongs to a session that has been ended.</summary>
    public bool Contains(PortalSession session) => _until.ContainsKey(session.Id);
}
