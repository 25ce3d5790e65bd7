namespace Reliability.Tests.Model.Simulation;

/// <summary>
/// Runs a story on simulated time, on one thread of the pool. Everything that escapes from an await - the client's handlers, the
/// resilience pipeline, channels, <c>Task.Run</c> - ends in the pool, so a pool of one thread is a loop that nothing can leave: what is
/// ready runs in a fixed order, and only when nothing is ready does the clock move to the next timer.
/// </summary>
internal sealed class OneThread : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LongestStory = TimeSpan.FromHours(2);

    private readonly (int Workers, int Ports) _least;
    private readonly (int Workers, int Ports) _most;

    public OneThread()
    {
        ThreadPool.GetMinThreads(out _least.Workers, out _least.Ports);
        ThreadPool.GetMaxThreads(out _most.Workers, out _most.Ports);
        Assert.True(ThreadPool.SetMinThreads(1, 1) && ThreadPool.SetMaxThreads(1, 1), "The pool does not shrink to one thread.");
    }

    /// <summary>Runs the story to its end. Called from a thread outside the pool, which waits.</summary>
    public static void Run(SimulatedTime time, Func<Task> story)
    {
        using var over = new ManualResetEventSlim();
        var loop = new Loop(time, story, over);
        ThreadPool.UnsafeQueueUserWorkItem(loop, preferLocal: false);
        if (!over.Wait(Patience))
            loop.GiveUp("The story does not come to an end: something waits for real time or blocks the thread.");
        loop.Outcome!.GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        ThreadPool.SetMaxThreads(_most.Workers, _most.Ports);
        ThreadPool.SetMinThreads(_least.Workers, _least.Ports);
    }

    private sealed class Loop(SimulatedTime time, Func<Task> story, ManualResetEventSlim over) : IThreadPoolWorkItem
    {
        private const int MostAtOneTime = 20_000;

        private readonly DateTimeOffset _end = time.Now + LongestStory;
        private DateTimeOffset _since;
        private int _rounds;

        public Task? Outcome { get; private set; }

        public void GiveUp(string why) => Outcome = Task.FromException(new InvalidOperationException(why));

        public void Execute()
        {
            Outcome ??= story();
            // The answer that is waited for comes through the pool as well; until then the loop only goes round.
            if (time.Stopped)
                Thread.Yield();
            else if (!Outcome.IsCompleted)
                Turn();
            if (Outcome.IsCompleted)
                over.Set();
            else
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        private void Turn()
        {
            (_since, _rounds) = time.Now == _since ? (_since, _rounds + 1) : (time.Now, 0);
            if (_rounds > MostAtOneTime)
                GiveUp($"Something spins: {MostAtOneTime} rounds, and the clock still shows {time.Now:HH:mm:ss.fff}.");
            else if (time.Now > _end)
                GiveUp("The story has no end.");
            // With one thread, whatever is ready stands in the queue.
            else if (ThreadPool.PendingWorkItemCount == 0 && !time.FireNext())
                GiveUp("Everything waits and no timer is left.");
        }
    }
}
