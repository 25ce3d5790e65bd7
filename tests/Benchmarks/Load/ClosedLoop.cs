using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>Every connection sends its next message as soon as the last one is answered: the most that the server takes.</summary>
internal sealed class ClosedLoop : IDisposable
{
    /// <summary>Requests before the figures begin.</summary>
    public const int WarmUp = 60_000;

    private TaskCompletionSource _over = new();
    private readonly Connection[] _connections;
    private readonly int _last;
    private readonly bool _again;
    private readonly int _pool;
    private long _ends;
    private int _next;
    private int _busy;
    private int _accepted;
    private int _refused;

    /// <param name="server">Address and path of the webhook.</param>
    /// <param name="pool">What is sent, each message once.</param>
    /// <param name="connections">How many at once.</param>
    /// <param name="first">Number of the first message.</param>
    /// <param name="most">How many messages at most.</param>
    /// <param name="again">Starts over when the pool is empty: for servers that store nothing.</param>
    public ClosedLoop(Uri server, SignedPool pool, int connections, int first = 0, int most = int.MaxValue, bool again = false)
    {
        (_pool, _again) = (pool.Count, again);
        _next = first - 1;
        _last = again ? int.MaxValue : (int)Math.Min(pool.Count, (long)first + most);
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(server, pool, Answered))];
    }

    /// <summary>Number of the first message that was not sent.</summary>
    public int Next => Math.Min(_next + 1, _last);

    /// <summary>Sends until the time is over or nothing is left; may be called again and then goes on where it stopped.</summary>
    public async Task<LoadResult> RunAsync(double seconds)
    {
        _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var (accepted, refused) = (_accepted, _refused);
        var began = Stopwatch.GetTimestamp();
        _ends = began + Figures.Ticks(seconds);
        _busy = _connections.Length;
        foreach (var connection in _connections)
            SendNext(connection);
        await _over.Task;
        return new(_accepted - accepted, _refused - refused, (Stopwatch.GetTimestamp() - began) / (double)Stopwatch.Frequency);
    }

    /// <summary>Sends until the server has compiled what it runs often, or a quarter of a minute is over.</summary>
    public async Task WarmUpAsync()
    {
        for (var second = 0; second < 15 && _accepted < WarmUp; second++)
            await RunAsync(1);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private void Answered(Connection connection, int status)
    {
        if (status is 200)
            Interlocked.Increment(ref _accepted);
        else
            Interlocked.Increment(ref _refused);
        if (status is 0)
            Rest();
        else
            SendNext(connection);
    }

    private void SendNext(Connection connection)
    {
        var now = Stopwatch.GetTimestamp();
        var next = now < _ends ? Interlocked.Increment(ref _next) : int.MaxValue;
        if (next < _last)
            connection.Send(_again ? next % _pool : next, now);
        else
            Rest();
    }

    private void Rest()
    {
        if (Interlocked.Decrement(ref _busy) == 0)
            _over.TrySetResult();
    }
}

/// <summary>What came of a load.</summary>
/// <param name="Accepted">Answers with 200.</param>
/// <param name="Refused">Other answers and lost connections.</param>
/// <param name="Seconds">From the first request to the last answer.</param>
internal readonly record struct LoadResult(int Accepted, int Refused, double Seconds)
{
    public double PerSecond => Accepted / Seconds;
}
