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
        var (runs, rate, seconds) = (options.Runs ?? 5, options.Rate ?? 300, options.Seconds ?? 60);
        var report = new Report(
            $"turns {options.Database}",
            $"Turns, {options.Database}",
            Machine.Describe(options.Folder),
            [
                "run", "offered/s", "replies/s", "without a reply, half / end", "overhead p50 / p99, ms", "until said", "until read", "until replied",
                "webhook to reply p50 / p99, ms", "cores: portal / far / load / machine", "never / twice answered, handed over, refused", "MB",
            ]
        );
        var rates = new List<double>();
        var overheads = new List<(double Half, double Most)>();
        for (var run = 1; run <= runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            var many = await MeasureAsync(options, rate, seconds);
            var few = await MeasureAsync(options, Calm, Math.Min(seconds, 30));
            Add(report, run, many);
            Add(report, run, few);
            rates.Add(many.Figures.PerSecond);
            overheads.Add((Figures.Percentile(few.Figures.Overhead, 0.5), Figures.Percentile(few.Figures.Overhead, 0.99)));
        }
        report.Row("median", Number(rate), Text(Figures.Median(rates)), "", "", "", "", "", "", "", "", "");
        report.Row("median", Number(Calm), "", "", Pair(Figures.Median(overheads.Select(o => o.Half)), Figures.Median(overheads.Select(o => o.Most))), "", "", "", "", "", "", "");
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

    private static void Add(Report report, int number, (TurnRun Run, TurnFigures Figures) measured)
    {
        var (run, figures) = measured;
        report.Row(
            Number(number), Number(run.Rate), Text(figures.PerSecond), $"{figures.Backlog(0.5)} / {figures.Backlog(1)}",
            Pair(figures.Overhead), Pair(figures.UntilSaid), Pair(figures.UntilRead), Pair(figures.UntilReplied), Pair(figures.Whole),
            string.Join(" / ", run.Cores.Select(c => c.ToString("0.00", CultureInfo.InvariantCulture))),
            $"{figures.Unanswered} / {figures.Twice}, {run.Far.HandOvers}, {run.Load.Refused}",
            Number((int)run.WorkingSet));
    }

    private static string Pair(IReadOnlyList<double> values) => Pair(Figures.Percentile(values, 0.5), Figures.Percentile(values, 0.99));

    private static string Pair(double half, double most) => $"{Text(half)} / {Text(most)}";

    private static string Text(double value) => value.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
