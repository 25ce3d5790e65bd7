namespace Reliability.Tests.Model.Portal;

/// <summary>
/// One life of a portal process. A crash ends it between two steps: whatever it would have done next - a commit, a request, a timer -
/// never happens, as if the process had been killed.
/// </summary>
internal sealed class Life(int number, World world, Action ended)
{
    private readonly List<IDisposable> _released = [];
    private (int Skip, bool After)? _crash;

    /// <summary>Which of the nodes.</summary>
    public int Number => number;

    public bool Over { get; private set; }

    /// <summary>Until when nothing of it runs; it does not notice.</summary>
    public DateTimeOffset FrozenUntil { get; private set; }

    /// <summary>When its timers may fire again.</summary>
    public DateTimeOffset Wakes => Over ? DateTimeOffset.MaxValue : FrozenUntil;

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

    /// <summary>It stands still for a while, as when its machine is paused: what was on its way out has left, all else waits.</summary>
    public void Freeze(TimeSpan time) => FrozenUntil = world.Time.Now + time;

    /// <summary>Goes on when it is not frozen, and never once it is over.</summary>
    public async Task AwakeAsync()
    {
        while (!Over && FrozenUntil > world.Time.Now)
            await world.PassAsync(FrozenUntil - world.Time.Now);
        if (Over)
            await Never<bool>();
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
