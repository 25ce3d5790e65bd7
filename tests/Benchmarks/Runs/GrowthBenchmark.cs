using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.History;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>Whether a long history makes the portal slower: ingest and turns on an empty database and on grown ones, in turns.</summary>
internal static class GrowthBenchmark
{
    private const int Seed = 500;
    private const int SeedRate = 25;
    private const int Connections = 64;
    private const int Overload = 600;
    private static readonly int[] Sizes = [0, 100_000, 1_000_000];

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var (runs, seconds) = (options.Runs ?? 3, options.Seconds ?? 5);
        var report = new Report(
            $"growth {options.Database}",
            $"Growth, {options.Database}",
            Machine.Describe(options.Folder),
            ["run", "stored deliveries", "acknowledged/s", "to empty", "turns/s", "to empty", "others, cores", "MB"]
        );
        // One address for all: the bot that every copy knows has it.
        await using var far = await FarProcess.StartAsync(options.Folder);
        var grown = await GrownAsync(options, far);
        var ratios = Sizes.ToDictionary(size => size, _ => (Ingest: new List<double>(), Turns: new List<double>()));
        for (var run = 1; run <= runs; run++)
        {
            var empty = (Ingest: 1d, Turns: 1d);
            foreach (var size in Sizes)
            {
                cancel.ThrowIfCancellationRequested();
                var measured = await MeasureAsync(options, far, grown[size], seconds);
                if (size == 0)
                    empty = (measured.Ingest, measured.Turns);
                ratios[size].Ingest.Add(measured.Ingest / empty.Ingest);
                ratios[size].Turns.Add(measured.Turns / empty.Turns);
                report.Row(
                    Text(run), Text(measured.Stored), Text(measured.Ingest), Ratio(ratios[size].Ingest[^1]), Text(measured.Turns), Ratio(ratios[size].Turns[^1]),
                    Ratio(measured.Others), Text(measured.WorkingSet));
            }
        }
        foreach (var size in Sizes.Skip(1))
            report.Row("median", Text(size), "", Ratio(Figures.Median(ratios[size].Ingest)), "", Ratio(Figures.Median(ratios[size].Turns)), "", "");
        report.Note($"Ingest: {Connections} connections for {seconds} s after {ClosedLoop.WarmUp} requests to warm up, bot paused. Turns: {Overload} messages a second for {seconds} s, more than is dispatched; replies a second between a tenth and nine tenths of them.");
        report.Note("The history is made of the rows of turns that the portal handled itself, copied under new ids; everything is settled. The whole file fits into the system's cache.");
        report.Note(TurnRun.Stated);
        foreach (var database in grown.Values)
            await database.DisposeAsync();
        return report;
    }

    private static async Task<(double Stored, double Ingest, double Turns, double Others, double WorkingSet)> MeasureAsync(
        BenchmarkOptions options, FarProcess far, Database grown, int seconds)
    {
        await using var database = await grown.CopyAsync();
        var stored = await database.NumberAsync("select count(*) from \"Deliveries\"");
        var ingest = await IngestAsync(options, far, database, seconds);
        await using var again = await grown.CopyAsync();
        var run = await TurnRun.RunAsync(options, far, again, connect: false, Overload, seconds, burst: 1, turnsPerSecond: Overload);
        return (stored, ingest.PerSecond, new TurnFigures(run).Dispatched, ingest.Others, run.WorkingSet);
    }

    private static async Task<(double PerSecond, double Others)> IngestAsync(BenchmarkOptions options, FarProcess far, Database database, int seconds)
    {
        var pool = SignedPool.Of(options.Folder, Account.Of(options.Folder), IngestBenchmark.Pool, IngestBenchmark.Conversations);
        await using var portal = await MeasuredPortal.StartAsync(database, far.Address);
        await portal.FindAsync();
        await portal.PauseAsync(true);
        using var loop = new ClosedLoop(portal.Webhook!, pool, Connections);
        await loop.WarmUpAsync();
        var meter = new ProcessorMeter(portal.Process);
        var load = await loop.RunAsync(seconds);
        return (load.PerSecond, meter.Stop(load).Others);
    }

    // The smallest of them holds the bot and no more than a few hundred turns: empty, with everything warmed up.
    private static async Task<Dictionary<int, Database>> GrownAsync(BenchmarkOptions options, FarProcess far)
    {
        var seed = await Database.CreateAsync(options);
        await TurnRun.RunAsync(options, far, seed, connect: true, SeedRate, Seed / SeedRate, burst: 1, turnsPerSecond: SeedRate);
        var grown = new Dictionary<int, Database> { [0] = seed };
        foreach (var size in Sizes.Skip(1))
        {
            var began = TimeProvider.System.GetTimestamp();
            await GrowHistory.ToAsync(grown[size] = await seed.CopyAsync(), size);
            Console.WriteLine($"A history of {size} deliveries took {TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s");
        }
        return grown;
    }

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
