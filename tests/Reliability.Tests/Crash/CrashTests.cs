using System.Globalization;
using Support;

namespace Reliability.Tests.Crash;

/// <summary>
/// A portal that is killed at random moments under load loses no message, says and posts nothing twice, keeps the order, and is silent
/// once people have taken over. <c>./test crash --kills N</c> is the long form; <c>CRASH_SEED</c> repeats the random choices of a run.
/// </summary>
[Collection(nameof(CrashTests))]
[CollectionDefinition(nameof(CrashTests), DisableParallelization = true)]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int Short = 3;

    private static int Seed =>
        int.TryParse(Environment.GetEnvironmentVariable("CRASH_SEED"), CultureInfo.InvariantCulture, out var seed)
            ? seed
            : (int)(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() % 1_000_000);

    // The kills of the long form are spread over both databases.
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("CRASH_KILLS"), CultureInfo.InvariantCulture, out var kills) ? (kills + 1) / 2 : Short;

    [Fact]
    public async Task One_node_on_SQLite()
    {
        using var folder = new TemporaryFolder();
        var database = new Dictionary<string, string?> { ["ConnectionStrings:Portal"] = $"Data Source={folder.File("portal.db")}" };
        await ProveAsync(new("SQLite, one node", 1, Kills, Seed, database));
    }

    [Fact]
    public async Task Two_nodes_on_PostgreSQL()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var server = await PostgresServer.SharedAsync();
        var database = new Dictionary<string, string?>
        {
            ["Database:Provider"] = "PostgreSql",
            ["ConnectionStrings:Portal"] = await server.CreateDatabaseAsync(),
            // What a killed node was at work on waits for the others until its lease lapses.
            ["Inbox:Lease"] = "00:00:03",
        };
        await ProveAsync(new("PostgreSQL, two nodes", 2, Kills, Seed, database));
    }

    private async Task ProveAsync(CrashRun run)
    {
        var report = await run.RunAsync();
        var account = report.Account;
        output.WriteLine(report.Keep());
        Assert.True(account.Answered > 0 && account.TakeOvers > 0, "There was no load.");
        Assert.Equal(0, account.NeverTaken);
        Assert.All(Enum.GetValues<Fault>(), fault => Assert.True(account.Count(fault) == 0, $"{fault}: {account.Count(fault)}\n{report.Keep()}"));
    }
}
