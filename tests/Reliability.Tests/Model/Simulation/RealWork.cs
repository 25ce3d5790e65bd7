namespace Reliability.Tests.Model.Simulation;

/// <summary>
/// Work that takes real time, such as asking a database server: piece by piece, in the order of asking, while simulated time stands
/// still. However long it really takes, the story is the same.
/// </summary>
internal sealed class RealWork(SimulatedTime time)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private readonly AsyncLocal<Piece?> _piece = new();
    private bool _busy;

    /// <summary>Whether the caller is a part of the piece that runs now.</summary>
    public bool Inside => _piece.Value is { Over: false };

    /// <summary>Does the work when its turn comes; what it begins belongs to it.</summary>
    public async Task<T> DoAsync<T>(Func<Task<T>> work)
    {
        await BeginAsync();
        var piece = _piece.Value = new Piece();
        try
        {
            return await work();
        }
        finally
        {
            piece.Over = true;
            End();
        }
    }

    /// <summary>Waits for the turn of work that ends with <see cref="End"/>.</summary>
    public Task BeginAsync()
    {
        lock (_lock)
        {
            if (_busy)
            {
                var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Enqueue(waiting);
                return waiting.Task;
            }
            _busy = true;
            time.Stopped = true;
            return Task.CompletedTask;
        }
    }

    public void End()
    {
        lock (_lock)
        {
            if (_waiting.TryDequeue(out var next))
            {
                next.SetResult();
                return;
            }
            _busy = time.Stopped = false;
        }
    }

    private sealed class Piece
    {
        public bool Over { get; set; }
    }
}
