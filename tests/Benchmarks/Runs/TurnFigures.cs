using Benchmarks.FarSides;

namespace Benchmarks.Runs;

/// <summary>
/// What a run of turns says. The overhead of a turn is the time from the webhook to the arrival of the reply POST, less the quiet
/// window and less the wait before the first read (100 ms after the say, mammut.md 6.5; less when the read came earlier). The grace
/// window delays no text. The far sides' own time, a fraction of a millisecond, stays in the figure.
/// </summary>
internal sealed class TurnFigures
{
    private readonly TurnRun _run;
    private readonly List<MessageTimes> _messages;

    public TurnFigures(TurnRun run)
    {
        _run = run;
        _messages = [.. run.Far.Messages.Where(m => m.Number >= run.First && m.Number < run.First + run.Count)];
    }

    public int Answered => _messages.Count(m => m.Replied > 0);

    public int Unanswered => _run.Count - Answered;

    public int Twice => _messages.Count(m => m.Replies > 1);

    /// <summary>Replies that arrived while the load went on, a second; the first seconds, in which none can come, left out.</summary>
    public double PerSecond
    {
        get
        {
            var (from, to) = (At(_run.First) + Figures.Ticks(2), At(_run.First + _run.Count - 1));
            return _messages.Count(m => m.Replied > from && m.Replied <= to) / (Figures.Milliseconds(to - from) / 1000);
        }
    }

    /// <summary>Replies a second between a tenth and nine tenths of all: what is dispatched when more waits than can be.</summary>
    public double Dispatched
    {
        get
        {
            var replied = _messages.Where(m => m.Replied > 0).Select(m => m.Replied).Order().ToArray();
            if (replied.Length < 20)
                return 0;
            var (from, to) = (replied.Length / 10, replied.Length * 9 / 10);
            return (to - from) * 1000 / Figures.Milliseconds(replied[to] - replied[from]);
        }
    }

    /// <summary>Messages without a reply at a share of the run.</summary>
    public int Backlog(double share)
    {
        var at = At(_run.First + (int)((_run.Count - 1) * share));
        var sent = (int)(_run.Count * share);
        return sent - _messages.Count(m => m.Replied > 0 && m.Replied <= at && m.Number < _run.First + sent);
    }

    public IReadOnlyList<double> Acknowledged =>
        Sorted(Enumerable.Range(_run.First, _run.Count).Where(n => _run.Load.Answered[n] > 0).Select(n => Figures.Milliseconds(_run.Load.Answered[n] - At(n))));

    public IReadOnlyList<double> Whole => Of(m => Figures.Milliseconds(m.Replied - At(m.Number)));

    public IReadOnlyList<double> Overhead => Of(m => Figures.Milliseconds(m.Replied - At(m.Number)) - TurnRun.QuietWindow - PollWait(m));

    /// <summary>From the end of the quiet window to the say: forming the turn, first sight, site, visitor and room.</summary>
    public IReadOnlyList<double> UntilSaid => Of(m => Figures.Milliseconds(m.Said - At(m.Number)) - TurnRun.QuietWindow);

    /// <summary>From the say to the read, less the wait before the first read.</summary>
    public IReadOnlyList<double> UntilRead => Of(m => Figures.Milliseconds(m.Read - m.Said) - PollWait(m));

    /// <summary>From the read to the arrival of the reply.</summary>
    public IReadOnlyList<double> UntilReplied => Of(m => Figures.Milliseconds(m.Replied - m.Read));

    private static double PollWait(MessageTimes m) => Math.Min(Figures.Milliseconds(m.Read - m.Said), TurnRun.FirstPoll);

    private long At(int number) => _run.Load.Sent[number];

    private List<double> Of(Func<MessageTimes, double> value) => Sorted(_messages.Where(m => m is { Replied: > 0, Read: > 0, Said: > 0 }).Select(value));

    private static List<double> Sorted(IEnumerable<double> values) => [.. values.Order()];
}
