using System.Collections.Concurrent;
using System.Diagnostics;

namespace Benchmarks.Load;

/// <summary>
/// Sends at fixed times whatever the server does. Latency counts from the time at which a message should have been sent: a server that
/// makes the load wait pays for the waiting.
/// </summary>
internal sealed class OpenLoop : IDisposable
{
    private readonly ConcurrentQueue<(int Message, long Intended)> _late = new();
    private readonly ConcurrentStack<Connection> _idle = new();
    private readonly Connection[] _connections;
    private int _answered;

    /// <param name="server">Address and path of the webhook.</param>
    /// <param name="pool">What is sent, in order.</param>
    /// <param name="connections">How many requests may be on their way.</param>
    public OpenLoop(Uri server, SignedPool pool, int connections)
    {
        Sent = new long[pool.Count];
        Answered = new long[pool.Count];
        _connections = [.. Enumerable.Range(0, connections).Select(_ => new Connection(server, pool, OnAnswer))];
        _idle.PushRange(_connections);
    }

    /// <summary>When each message should have been sent, by the stopwatch; 0 = not yet.</summary>
    public long[] Sent { get; }

    /// <summary>When each was answered with 200; 0 = not yet.</summary>
    public long[] Answered { get; }

    /// <summary>Answers other than 200.</summary>
    public int Refused { get; private set; }

    /// <summary>How late the scheduler itself was at most, in milliseconds: part of the figures, not of the server.</summary>
    public double Lateness { get; private set; }

    /// <summary>Sends messages from <paramref name="first"/> on at a fixed rate and returns when the last was sent.</summary>
    public Task RunAsync(int first, int count, double perSecond) =>
        Task.Factory.StartNew(() => Run(first, count, perSecond), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until everything sent so far is answered.</summary>
    public async Task AnsweredAsync(int sent, TimeSpan atMost)
    {
        var end = Stopwatch.GetTimestamp() + Figures.Ticks(atMost.TotalSeconds);
        while (Volatile.Read(ref _answered) < sent && Stopwatch.GetTimestamp() < end)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
    }

    private void Run(int first, int count, double perSecond)
    {
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var intended = began + Figures.Ticks(i / perSecond);
            Native.SleepUntil(intended);
            Lateness = Math.Max(Lateness, Figures.Milliseconds(Stopwatch.GetTimestamp() - intended));
            Sent[first + i] = intended;
            _late.Enqueue((first + i, intended));
            SendLate();
        }
    }

    private void SendLate()
    {
        while (!_late.IsEmpty && _idle.TryPop(out var connection))
        {
            if (_late.TryDequeue(out var next))
                connection.Send(next.Message, next.Intended);
            else
                _idle.Push(connection);
        }
    }

    private void OnAnswer(Connection connection, int status)
    {
        if (status is 200)
            Answered[connection.Message] = Stopwatch.GetTimestamp();
        else
            Refused++;
        Interlocked.Increment(ref _answered);
        if (status is not 0)
            _idle.Push(connection);
        SendLate();
    }
}
