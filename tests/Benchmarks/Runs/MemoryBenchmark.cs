using System.Globalization;
using Benchmarks.FarSides;
using Benchmarks.Load;
using Benchmarks.Servers;

namespace Benchmarks.Runs;

/// <summary>
/// The working set idle and while a million webhooks come through the front door. The pool of signed webhooks is smaller than that:
/// after each round the stored ids are renamed beside the running portal, so that the same bytes are new to it again.
/// </summary>
internal static class MemoryBenchmark
{
    private const int Pool = 100_000;
    private const int Rounds = 10;
    private const int Connections = 64;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    public static async Task<Report> RunAsync(BenchmarkOptions options, CancellationToken cancel)
    {
        var atMost = TimeSpan.FromSeconds(options.Seconds ?? 3600);
        var report = new Report($"memory {options.Database}", $"Memory, {options.Database}", Machine.Describe(options.Folder), ["when", "stored deliveries", "working set, MB"]);
        var account = Account.Of(options.Folder);
        var pool = SignedPool.Of(options.Folder, account, Pool, IngestBenchmark.Conversations);
        await using var far = await FarProcess.StartAsync(options.Folder);
        await using var database = await Database.CreateAsync(options);
        var stored = 0L;
        await using (var portal = await MeasuredPortal.StartAsync(database, far.Address))
        {
            await Task.Delay(Idle, TimeProvider.System, cancel);
            Row("idle, no bot", 0, portal);
            await portal.ConnectAsync(account, far.Address);
            await portal.PauseAsync(true);
            var began = TimeProvider.System.GetTimestamp();
            for (var round = 1; round <= Rounds && TimeProvider.System.GetElapsedTime(began) < atMost; round++)
            {
                using var loop = new ClosedLoop(portal.Webhook!, pool, Connections);
                var left = atMost - TimeProvider.System.GetElapsedTime(began);
                stored += (await loop.RunAsync(left.TotalSeconds)).Accepted;
                await AppliedAsync(database, cancel);
                await database.FillAsync([$"update \"Deliveries\" set \"DedupKey\" = '{round}~' || \"DedupKey\" where \"DedupKey\" not like '%~%'"]);
                Row($"after round {round}", stored, portal);
            }
            await Task.Delay(Idle, TimeProvider.System, cancel);
            Row("30 s later", stored, portal);
        }
        await using (var again = await MeasuredPortal.StartAsync(database, far.Address))
        {
            await Task.Delay(Idle, TimeProvider.System, cancel);
            Row("idle after a new start", stored, again);
        }
        report.Note("Working set = VmRSS; Production, sandbox off, bot paused, 64 connections as fast as they are answered; idle = 30 s after the start.");
        report.Note($"{Pool} distinct signed webhooks, sent up to {Rounds} times; between rounds their stored ids are renamed, so every one is stored anew.");
        if (stored < Pool * Rounds)
            report.Note($"Ended before its time: {stored} of {Pool * Rounds} webhooks within {atMost.TotalSeconds:0} s. No statement about a million.");
        return report;

        void Row(string when, long deliveries, MeasuredPortal portal) =>
            report.Row(when, deliveries.ToString(CultureInfo.InvariantCulture), portal.Process.WorkingSet.ToString("0", CultureInfo.InvariantCulture));
    }

    private static async Task AppliedAsync(Database database, CancellationToken cancel)
    {
        while (await database.NumberAsync("select count(*) from \"Deliveries\" where \"Status\" = 'Received'") > 0)
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancel);
    }
}
