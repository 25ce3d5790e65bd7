using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Benchmarks;

/// <summary>What only the system itself can do: sleep to an exact time, ask a process to stop.</summary>
internal static partial class Native
{
    private const int Terminate = 15;
    private const int Monotonic = 1;
    private const int Absolute = 1;

    /// <summary>Sleeps until a time of <see cref="Stopwatch"/>, to within some ten microseconds.</summary>
    public static void SleepUntil(long stopwatch)
    {
        var time = new Timespec(stopwatch / Stopwatch.Frequency, stopwatch % Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < stopwatch)
            _ = ClockNanosleep(Monotonic, Absolute, in time, 0);
    }

    /// <summary>SIGTERM: asks a process to stop.</summary>
    public static void AskToStop(int process) => _ = Kill(process, Terminate);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    private static partial int ClockNanosleep(int clock, int flags, in Timespec time, nint remaining);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private readonly struct Timespec(long seconds, long nanoseconds)
    {
        public readonly long Seconds = seconds;
        public readonly long Nanoseconds = nanoseconds;
    }
}
