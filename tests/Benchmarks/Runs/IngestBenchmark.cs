using System.Globalization;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>
/// How many signed webhooks a second are acknowledged: by an endpoint that only reads, by one that also verifies, and by the portal,
/// which acknowledges what is committed. The three take turns, so that the ratio is of one machine in one mood.
/// </summary>
internal static class IngestBenchmark
{
    public const int Pool = 300_000;
    public const int Conversations = 1_000;
    private const int Connections = 64;

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var (runs, seconds) = (options.Runs ?? 5, options.Seconds ?? 5);
        var account = Account.Of(options.Folder);
        var pool = SignedPool.Of(options.Folder, account, Pool, Conversations);
        await using var far = await ServerProcess.StartOwnAsync("serve-far-sides", options.Folder);
        await using var reading = await ServerProcess.StartOwnAsync("serve-reading", options.Folder);
        await using var verifying = await ServerProcess.StartOwnAsync("serve-verifying", options.Folder);
        var report = new Report(
            $"ingest {options.Database}",
            $"Ingest, {options.Database}",
            Machine.Describe(options.Folder),
            ["run", "(a) reads", "(b) verifies", "(c) portal", "(c)/(b)", "(c)/(a)", "µs CPU a/b/c", "not applied", "refused", "MB", "others, cores"]
        );
        var ratios = new List<double>();
        for (var run = 1; run <= runs; run++)
        {
            cancel.ThrowIfCancellationRequested();
            var a = await BareAsync(reading, pool, seconds);
            var b = await BareAsync(verifying, pool, seconds);
            var c = await PortalAsync(options, account, pool, far.Address, seconds);
            ratios.Add(c.Load.PerSecond / b.Load.PerSecond);
            report.Row(
                Text(run),
                Text(a.Load.PerSecond),
                Text(b.Load.PerSecond),
                Text(c.Load.PerSecond),
                Ratio(ratios[^1]),
                Ratio(c.Load.PerSecond / a.Load.PerSecond),
                $"{Text(a.Meter.Microseconds)}/{Text(b.Meter.Microseconds)}/{Text(c.Meter.Microseconds)}",
                Text(c.Open),
                Text(c.Load.Refused + a.Load.Refused + b.Load.Refused),
                Text(c.WorkingSet),
                Ratio(new[] { a, b, c }.Max(m => m.Meter.Others))
            );
        }
        report.Row("median", "", "", "", Ratio(Figures.Median(ratios)), "", "", "", "", "", "");
        report.Note($"Webhooks acknowledged a second; {Connections} kept-alive connections, one process each for server and load, {ClosedLoop.WarmUp} requests to warm up, then {seconds} s.");
        report.Note($"`message_create` of {WebhookMessage.Bytes} bytes with distinct ids in {Conversations} conversations, RSA-2048; the portal gets a new database for every run.");
        report.Note(
            options.BotLive
                ? "The bot is live: the workers apply and answer while webhooks come in."
                : "The bot is paused: the workers read, apply and settle every delivery while webhooks come in, but no turn begins."
        );
        report.Note("\"not applied\" = deliveries acknowledged and not yet applied when the load ended; \"µs CPU\" = processor time of the server per request; \"others\" = what other programs used meanwhile.");
        return report;
    }

    private static async Task<Measured> BareAsync(ServerProcess server, SignedPool pool, double seconds)
    {
        using var loop = new ClosedLoop(new Uri(server.Address, "webhook"), pool, Connections, again: true);
        await loop.WarmUpAsync();
        var meter = new ProcessorMeter(server);
        var load = await loop.RunAsync(seconds);
        return new(load, meter.Stop(load), 0, server.WorkingSet);
    }

    private static async Task<Measured> PortalAsync(BenchmarkOptions options, Account account, SignedPool pool, Uri far, double seconds)
    {
        await using var database = await Database.CreateAsync(options);
        await using var portal = await MeasuredPortal.StartAsync(database, far);
        await portal.ConnectAsync(account, far);
        if (!options.BotLive)
            await portal.PauseAsync(true);
        using var loop = new ClosedLoop(portal.Webhook!, pool, Connections);
        await loop.WarmUpAsync();
        var meter = new ProcessorMeter(portal.Process);
        var load = await loop.RunAsync(seconds);
        meter.Stop(load);
        var open = await database.NumberAsync("select count(*) from \"Deliveries\" where \"Status\" = 'Received'");
        return new(load, meter, open, portal.Process.WorkingSet);
    }

    private static string Text(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Measured(LoadResult Load, ProcessorMeter Meter, long Open, double WorkingSet);
}
