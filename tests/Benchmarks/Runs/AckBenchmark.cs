using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>How soon a webhook is acknowledged at a fixed rate while the bot is answering.</summary>
internal static class AckBenchmark
{
    private const int Burst = 5;

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var (rate, seconds, runs) = (options.Rate ?? 500, options.Seconds ?? 60, options.Runs ?? 1);
        var report = new Report(
            $"ack {options.Database}",
            $"Acknowledgement, {options.Database}",
            Machine.Describe(options.Folder),
            ["run", "p50, ms", "p99, ms", "max, ms", "refused", "messages answered", "cores: portal / far / load / machine", "scheduler late at most, ms"]
        );
        var all = new List<double[]>();
        for (var run = 1; run <= runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            await using var far = await FarProcess.StartAsync(options.Folder);
            await using var database = await Database.CreateAsync(options);
            var measured = await TurnRun.RunAsync(options, far, database, connect: true, rate, seconds, Burst, rate / Burst);
            var figures = new TurnFigures(measured);
            all.Add([.. new[] { 0.5, 0.99, 1 }.Select(share => Figures.Percentile(figures.Acknowledged, share))]);
            report.Row(
                run.ToString(CultureInfo.InvariantCulture),
                Text(all[^1][0]),
                Text(all[^1][1]),
                Text(all[^1][2]),
                measured.Load.Refused.ToString(CultureInfo.InvariantCulture),
                $"{figures.Answered} of {measured.Count}",
                string.Join(" / ", measured.Cores.Select(Text)),
                Text(measured.Load.Lateness)
            );
        }
        report.Row(["median", .. Enumerable.Range(0, 3).Select(i => Text(Figures.Median(all.Select(figures => figures[i])))), "", "", "", ""]);
        report.Note($"{rate} webhooks a second for {seconds} s, latency from the time at which each should have been sent; the scheduler's own delay is in the figures.");
        report.Note($"The bot is live and answers: {Burst} messages of one customer in a row make one turn, {rate / Burst} turns a second; each customer comes back after {TurnRun.ComesBackAfter} s.");
        report.Note(TurnRun.Stated);
        return report;
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
