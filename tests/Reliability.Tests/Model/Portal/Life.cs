namespace Reliability.Tests.Model.Portal;

/// <summary>
/// One life of a portal process. A crash ends it between two steps: whatever it would have done next - a commit, a request, a timer -
/// never happens, as if the process had been killed.
/// </summary>
internal sealed class Life(Action ended)
{
    private readonly List<IDisposable> _released = [];
    private (int Skip, bool After)? _crash;

    public bool Over { get; private set; }

    /// <summary>Ends with the life: the system takes back what a killed process held.</summary>
    public void ReleaseAtEnd(IDisposable held) => _released.Add(held);

    public void Forget(IDisposable held) => _released.Remove(held);

    public void End()
    {
        if (Over)
            return;
        Over = true;
        foreach (var held in _released.ToArray())
            held.Dispose();
        _released.Clear();
        ended();
    }

    /// <summary>The life ends at a commit: after so many others, just before it takes effect or just after.</summary>
    public void EndAtCommit(int skip, bool after) => _crash = (skip, after);

    /// <summary>Called at both sides of every commit; true = the process is gone.</summary>
    public bool EndsHere(bool after)
    {
        if (!Over && _crash is { } crash && crash.After == after)
        {
            if (crash.Skip == 0)
                End();
            else
                _crash = (crash.Skip - 1, after);
        }
        return Over;
    }

    /// <summary>What a killed process waits for.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;
}
