using Benchmarks.FarSides;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>
/// Customers write at a fixed rate to a live bot, and every message is followed from the webhook to the reply. What is shortened
/// against the defaults is named in <see cref="Stated"/>.
/// </summary>
internal sealed class TurnRun
{
    public const double QuietWindow = 700;
    public const double FirstPoll = 100;

    /// <summary>Seconds after which a customer writes again.</summary>
    public const int ComesBackAfter = 10;

    public const string Stated = "Quiet window 700 ms as by default; PollInterval shortened from 500 to 100 ms, GraceWindow from 1.5 s to 0.2 s.";

    private const int Connections = 64;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(60);

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Mammut:PollInterval"] = "00:00:00.100",
        ["Mammut:GraceWindow"] = "00:00:00.200",
    };

    public required OpenLoop Load { get; init; }

    public required FarResults Far { get; init; }

    public required int First { get; init; }

    public required int Count { get; init; }

    public required int Rate { get; init; }

    /// <summary>Processor time of portal, far sides and load in the run, as shares of one core.</summary>
    public required double[] Cores { get; init; }

    /// <summary>Deliveries that were neither handled nor ignored when everything was answered or patience was over.</summary>
    public required long Open { get; init; }

    public required double WorkingSet { get; init; }

    /// <summary>Starts a portal on that database, warms it up and sends.</summary>
    public static async Task<TurnRun> RunAsync(BenchmarkOptions options, FarProcess far, Database database, bool connect, int rate, int seconds, int burst, int turnsPerSecond)
    {
        var account = Account.Of(options.Folder);
        var warmUpRate = Math.Min(rate, WarmUpRate * burst);
        var warmUp = warmUpRate * WarmUpSeconds;
        var pool = SignedPool.Of(options.Folder, account, warmUp + rate * seconds, Math.Max(1, turnsPerSecond * ComesBackAfter), burst);
        await using var portal = await MeasuredPortal.StartAsync(database, far.Address, Settings);
        if (connect)
            await portal.ConnectAsync(account, far.Address);
        else
            await portal.FindAsync();
        await far.EchoToAsync(options.Echoes ? portal.Webhook : null);
        using var load = new OpenLoop(portal.Webhook!, pool, Connections);
        await load.RunAsync(0, warmUp, warmUpRate);
        var before = Processors(portal, far);
        await load.RunAsync(warmUp, rate * seconds, rate);
        var after = Processors(portal, far);
        await load.AnsweredAsync(warmUp + rate * seconds, Drain);
        var results = await DrainedAsync(database, far, warmUp + rate * seconds);
        return new()
        {
            Load = load,
            Far = results.Far,
            First = warmUp,
            Count = rate * seconds,
            Rate = rate,
            Cores = [.. after.Zip(before, (a, b) => (a - b) / seconds)],
            Open = results.Open,
            WorkingSet = portal.Process.WorkingSet,
        };
    }

    /// <summary>Seconds of load before the figures begin.</summary>
    public const int WarmUpSeconds = 20;

    /// <summary>Turns a second meanwhile, unless the run itself has fewer: what has been left behind by then would be in the figures.</summary>
    public const int WarmUpRate = 100;

    private static double[] Processors(MeasuredPortal portal, FarProcess far)
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        return [portal.Process.ProcessorSeconds, far.Process.ProcessorSeconds, self.TotalProcessorTime.TotalSeconds, Machine.BusySeconds()];
    }

    // Until every message has its reply, or nothing has moved for a while.
    private static async Task<(FarResults Far, long Open)> DrainedAsync(Database database, FarProcess far, int messages)
    {
        var end = TimeProvider.System.GetTimestamp();
        var all = new List<MessageTimes>();
        FarResults seen;
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            seen = await far.TakeAsync();
            all = Merge(all, seen.Messages);
        } while (all.Count(m => m.Replied > 0) < messages && TimeProvider.System.GetElapsedTime(end) < Drain);
        var open = await database.NumberAsync("select count(*) from \"Deliveries\" where \"Status\" in ('Received', 'Waiting')");
        return (seen with { Messages = all }, open);
    }

    // What was asked for in between may know one half of a message each.
    private static List<MessageTimes> Merge(IEnumerable<MessageTimes> one, IEnumerable<MessageTimes> other) =>
        [
            .. one.Concat(other)
                .GroupBy(m => m.Number)
                .Select(group => new MessageTimes
                {
                    Number = group.Key,
                    Said = Earliest(group, m => m.Said),
                    Read = Earliest(group, m => m.Read),
                    Replied = Earliest(group, m => m.Replied),
                    Replies = group.Sum(m => m.Replies),
                }),
        ];

    private static long Earliest(IEnumerable<MessageTimes> halves, Func<MessageTimes, long> time) =>
        halves.Select(time).Where(t => t > 0).DefaultIfEmpty().Min();
}
