using System.Diagnostics;
using Benchmarks.Load;

namespace Benchmarks.Servers;

/// <summary>Who used the processors while a server was under load.</summary>
internal sealed class ProcessorMeter(ServerProcess server)
{
    private readonly double _server = server.ProcessorSeconds;
    private readonly double _load = Own();
    private readonly double _machine = Machine.BusySeconds();
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Processor time of the server per accepted request, in microseconds.</summary>
    public double Microseconds { get; private set; }

    /// <summary>Cores that neither server nor load used: other programs, which disturb the figure.</summary>
    public double Others { get; private set; }

    /// <summary>Ends the measurement.</summary>
    public ProcessorMeter Stop(LoadResult load)
    {
        var seconds = (Stopwatch.GetTimestamp() - _began) / (double)Stopwatch.Frequency;
        var spent = server.ProcessorSeconds - _server;
        Microseconds = spent * 1e6 / Math.Max(1, load.Accepted);
        Others = Math.Max(0, (Machine.BusySeconds() - _machine - spent - (Own() - _load)) / seconds);
        return this;
    }

    private static double Own()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds;
    }
}
