using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>Customer message to posted reply: how many a second are sustained, and how long one takes beyond the waiting that is wanted.</summary>
internal static class TurnsBenchmark
{
    private const int Calm = 50;

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var (rate, seconds) = (options.Rate ?? 300, options.Seconds ?? 60);
        var report = new Report(
            $"turns {options.Database}",
            $"Turns, {options.Database}",
            Machine.Describe(options.Folder),
            ["figure", $"{rate} turns/s", $"{Calm} turns/s"]
        );
        var many = await MeasureAsync(options, rate, seconds);
        cancel.ThrowIfCancellationRequested();
        var few = await MeasureAsync(options, Calm, Math.Min(seconds, 30));
        Add(report, "replies a second while the load went on", f => Text(f.PerSecond), many, few);
        Add(report, "without a reply after half the time / at its end", f => $"{f.Backlog(0.5)} / {f.Backlog(1)}", many, few);
        Add(report, "never answered / answered twice", f => $"{f.Unanswered} / {f.Twice}", many, few);
        Add(report, "overhead p50 / p99, ms", f => Pair(f.Overhead), many, few);
        Add(report, "of it until the say p50 / p99, ms", f => Pair(f.UntilSaid), many, few);
        Add(report, "of it from the say to the read p50 / p99, ms", f => Pair(f.UntilRead), many, few);
        Add(report, "of it from the read to the reply p50 / p99, ms", f => Pair(f.UntilReplied), many, few);
        Add(report, "whole: webhook to reply p50 / p99, ms", f => Pair(f.Whole), many, few);
        Add(report, "acknowledged p50 / p99, ms", f => Pair(f.Acknowledged), many, few);
        report.Row("cores: portal / far sides / load / whole machine", Cores(many.Run), Cores(few.Run));
        report.Row("hand-overs, refused webhooks, echoes not taken", Faults(many.Run), Faults(few.Run));
        report.Row("deliveries still open; working set, MB", Rest(many.Run), Rest(few.Run));
        report.Note(TurnRun.Stated);
        report.Note(
            $"Open loop, {seconds} s after {TurnRun.WarmUpSeconds} s of warm-up at up to {TurnRun.WarmUpRate} a second; every customer writes again after {TurnRun.ComesBackAfter} s, the first time with visitor and room made."
        );
        report.Note(
            options.Echoes
                ? "Every reply comes back as a webhook, signed by the far sides meanwhile (about 0.5 ms of a core each)."
                : "Replies do not come back as webhooks (--echoes off)."
        );
        report.Note("Overhead = arrival of the reply POST - intended time of the webhook - quiet window - wait before the first read (100 ms after the say; less when it was read earlier).");
        return report;
    }

    private static async Task<(TurnRun Run, TurnFigures Figures)> MeasureAsync(BenchmarkOptions options, int rate, int seconds)
    {
        await using var far = await FarProcess.StartAsync(options.Folder);
        await using var database = await Database.CreateAsync(options);
        var run = await TurnRun.RunAsync(options, far, database, connect: true, rate, seconds, burst: 1, turnsPerSecond: rate);
        return (run, new(run));
    }

    private static void Add(
        Report report,
        string name,
        Func<TurnFigures, string> value,
        (TurnRun Run, TurnFigures Figures) many,
        (TurnRun Run, TurnFigures Figures) few
    ) => report.Row(name, value(many.Figures), value(few.Figures));

    private static string Pair(IReadOnlyList<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"{Figures.Percentile(values, 0.5):0.0} / {Figures.Percentile(values, 0.99):0.0}");

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Cores(TurnRun run) => string.Join(" / ", run.Cores.Select(c => c.ToString("0.00", CultureInfo.InvariantCulture)));

    private static string Faults(TurnRun run) => $"{run.Far.HandOvers}, {run.Load.Refused}, {run.Far.EchoesFailed}";

    private static string Rest(TurnRun run) => string.Create(CultureInfo.InvariantCulture, $"{run.Open}; {run.WorkingSet:0}");
}
