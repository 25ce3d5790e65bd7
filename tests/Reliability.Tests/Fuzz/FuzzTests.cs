using System.Globalization;
using Core.Storage;
using Support;

namespace Reliability.Tests.Fuzz;

/// <summary>
/// Whatever arrives at the webhook addresses, the portal answers as freshchat.md 9 says, believes no forgery, loses nothing that it
/// acknowledged and grows by nothing. <c>./test fuzz --cases N</c> is the long form; <c>FUZZ_SEED</c> repeats a run, and with
/// <c>--cases 10</c> the cases from one seed on.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Short = 10_000;
    private const int LargestSeed = 1_000_000_000;

    // Over that after the first tenth: the server's and the pools' buffers grow to the largest load once. On PostgreSQL each pooled
    // connection also keeps the parameters of its last command, a message of up to 1 MiB among them.
    private static readonly long MostHeapMore = (TestDatabase.Chosen is DatabaseProvider.PostgreSql ? 96 : 32) * 1024L * 1024;
    private const long MostWorkingSetMore = 192 * 1024 * 1024;

    private static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : (int)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % LargestSeed);

    private static int Cases => int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), CultureInfo.InvariantCulture, out var cases) ? cases : Short;

    [Fact]
    public async Task A_live_bot_that_limits_rejections()
    {
        var report = await ProveAsync("live bot, rejections limited", rejectedPerMinute: null, paused: false, Math.Max(1, Cases / 10));

        Assert.True(report.Cases < 500 || report.CountOf(429) > 0, "The limit was never met.");
    }

    [Fact]
    public async Task A_paused_bot_that_answers_every_rejection()
    {
        var report = await ProveAsync("paused bot, rejections unlimited", int.MaxValue, paused: true, Cases - Cases / 10);

        Assert.Equal(0, report.CountOf(429));
        Assert.InRange(report.Memory[^1].Heap - report.Memory[0].Heap, long.MinValue, MostHeapMore);
        Assert.InRange(report.Memory[^1].WorkingSet - report.Memory[0].WorkingSet, long.MinValue, MostWorkingSetMore);
    }

    private async Task<FuzzReport> ProveAsync(string title, int? rejectedPerMinute, bool paused, int cases)
    {
        await using var run = await FuzzRun.StartAsync(rejectedPerMinute, paused);
        await run.SendAsync(Seed, cases);
        var table = run.Report.Table(title, Seed);
        output.WriteLine(table);
        Assert.True(run.Report.Failed == 0, table);
        return run.Report;
    }
}
