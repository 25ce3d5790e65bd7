namespace Reliability.Tests.Model.Simulation;

/// <summary>The time of a simulated world: it stands still while anything is ready to run, then jumps to the next timer.</summary>
internal sealed class SimulatedTime
{
    private readonly PriorityQueue<SimulatedTimer, (DateTimeOffset Due, long Order)> _timers = new();
    private long _order;

    public DateTimeOffset Now { get; private set; } = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    /// <summary>A clock of this world.</summary>
    /// <param name="ahead">How much it is ahead of the world's time.</param>
    /// <param name="wakes">When its timers may fire: not before that time, because its process is frozen; never when it is gone.</param>
    public TimeProvider Clock(TimeSpan ahead = default, Func<DateTimeOffset>? wakes = null) =>
        new SimulatedClock(this, ahead, wakes ?? (() => DateTimeOffset.MinValue));

    /// <summary>True while it stands still although nothing is ready to run: something real is waited for.</summary>
    public bool Stopped { get; set; }

    /// <summary>Moves to the next timer and fires it; false when there is none.</summary>
    public bool FireNext()
    {
        while (_timers.TryDequeue(out var timer, out var at))
        {
            if (!timer.IsDue(at.Due))
                continue;
            if (timer.Wakes > at.Due && timer.Wakes > Now)
            {
                timer.PutOff();
                continue;
            }
            Now = at.Due > Now ? at.Due : Now;
            timer.Fire();
            return true;
        }
        return false;
    }

    private void Add(SimulatedTimer timer, DateTimeOffset due) => _timers.Enqueue(timer, (due, _order++));

    private sealed class SimulatedClock(SimulatedTime time, TimeSpan ahead, Func<DateTimeOffset> wakes) : TimeProvider
    {
        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override DateTimeOffset GetUtcNow() => time.Now + ahead;

        public override long GetTimestamp() => time.Now.UtcTicks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new SimulatedTimer(time, () => callback(state), wakes);
            timer.Change(dueTime, period);
            return timer;
        }
    }

    private sealed class SimulatedTimer(SimulatedTime time, Action callback, Func<DateTimeOffset> wakes) : ITimer
    {
        private DateTimeOffset? _due;
        private TimeSpan _period;

        public DateTimeOffset Wakes => wakes();

        public bool IsDue(DateTimeOffset at) => _due == at && Wakes < DateTimeOffset.MaxValue;

        public void PutOff()
        {
            _due = Wakes;
            time.Add(this, Wakes);
        }

        public void Fire()
        {
            _due = null;
            if (_period > TimeSpan.Zero)
                Change(_period, _period);
            callback();
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _due = dueTime == Timeout.InfiniteTimeSpan ? null : time.Now + dueTime;
            if (_due is { } due)
                time.Add(this, due);
            return true;
        }

        public void Dispose() => _due = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
