using Core.Bots;
using Core.Security;
using Core.Storage;
using Core.Storage.PostgreSql;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Support;

namespace Core.Tests.Storage.PostgreSql;

/// <summary>Two portals on one database: what each has done holds for the other.</summary>
public sealed class NodesTests
{
    [Fact]
    public async Task Copies_that_arrive_at_both_nodes_at_once_are_stored_once()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        var bot = await one.BotAsync();
        await using var other = await one.SecondNodeAsync();
        await one.StartAsync(nameof(Inbox));
        await other.StartAsync(nameof(Inbox));

        // In opposite orders, as a load balancer may mix them.
        var here = Enumerable.Range(0, 300).Select(i => one.StoreAsync(bot, Webhook.Customer($"m{i}", i), 1)).ToList();
        var there = Enumerable.Range(0, 300).Reverse().Select(i => other.StoreAsync(bot, Webhook.Customer($"m{i}", i), 2)).ToList();
        var outcomes = await Task.WhenAll(here.Concat(there));

        Assert.Equal(300, outcomes.Count(o => o is StoreOutcome.Stored));
        Assert.Equal(300, outcomes.Count(o => o is StoreOutcome.Duplicate));
        var rows = await one.ReadAsync(db => db.Deliveries.ToListAsync());
        Assert.Equal(300, rows.Count);
        Assert.All(rows, d => Assert.Equal((1, 2), (d.Duplicates, d.RetryCount)));
        Assert.Equal(300, await one.ReadAsync(db => db.Payloads.CountAsync()));
    }

    [Fact]
    public async Task What_both_nodes_apply_at_once_is_applied_once()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        var bot = await one.BotAsync();
        await using var other = await one.SecondNodeAsync();
        await one.StartAsync(nameof(Inbox));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => one.StoreAsync(bot, Webhook.Customer($"m{i}", i, conversation: $"c{i % 60}"))));

        await Task.WhenAll(one.ApplyAsync(), other.ApplyAsync());

        await one.ApplyAsync();
        Assert.Equal(60, await one.ReadAsync(db => db.Conversations.CountAsync()));
        Assert.Equal(300, await one.ReadAsync(db => db.Messages.CountAsync()));
        Assert.Equal(300, await one.ReadAsync(db => db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting)));
    }

    [Fact]
    public async Task What_an_admin_changes_at_one_node_the_other_knows_and_tells_nobody_again()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        var bot = await one.BotAsync();
        // Its clock stands still: what it keeps in memory never grows old.
        await using var other = await one.SecondNodeAsync(new FakeTimeProvider(TimeProvider.System.GetUtcNow()));
        var (echoes, heard) = (0, 0);
        using var atOne = one.Get<ChangeFeed>().Subscribe(c => echoes += c.FromElsewhere ? 1 : 0);
        using var atOther = other.Get<ChangeFeed>().Subscribe(c => heard += c.FromElsewhere ? 1 : 0);
        await one.StartAsync(nameof(ListenForChanges));
        await other.StartAsync(nameof(ListenForChanges));
        await ListeningAsync(one, 2);
        Assert.Equal(BotStatus.Live, (await other.Get<KnownBots>().ByIdAsync(bot.Id, CancellationToken.None)).Bot.Status);

        Assert.True((await one.Get<PauseBot>().PauseAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Succeeded);

        await Eventually.Get(
            async () => (await other.Get<KnownBots>().ByIdAsync(bot.Id, CancellationToken.None)).Bot.Status,
            status => status is BotStatus.Paused,
            "the other node knows"
        );
        Assert.Equal((0, true), (echoes, heard > 0));
    }

    [Fact]
    public async Task What_one_node_stores_rings_the_bell_of_the_other()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        var bot = await one.BotAsync();
        // Its clock stands still, so it never looks by itself.
        await using var other = await one.SecondNodeAsync(new FakeTimeProvider());
        await one.StartAsync(nameof(ListenForChanges), nameof(Inbox));
        await other.StartAsync(nameof(ListenForChanges));
        await ListeningAsync(one, 2);

        await one.StoreAsync(bot, Webhook.Customer("m1", 0));

        Assert.True(await other.Get<DeliveryBell>().HeardAsync(CancellationToken.None).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task A_node_that_lost_its_connection_hears_again()
    {
        await using var one = await TemporaryPortal.OnPostgresAsync();
        var bot = await one.BotAsync();
        await using var other = await one.SecondNodeAsync();
        var heard = 0;
        using var atOther = other.Get<ChangeFeed>().Subscribe(c => heard += c.FromElsewhere ? 1 : 0);
        await other.StartAsync(nameof(ListenForChanges));
        await ListeningAsync(one, 1);
        await one.ReadAsync(db => db.Database.ExecuteSqlAsync($"select pg_terminate_backend(pid) from pg_stat_activity where query = 'listen portal'"));
        await one.StartAsync(nameof(ListenForChanges));
        await ListeningAsync(one, 2);

        one.Get<ChangeFeed>().Announce(bot.Id);

        await Eventually.Get(() => Task.FromResult(heard), h => h > 0, "the change");
    }

    [Fact]
    public async Task Two_nodes_that_start_together_make_the_database_once_and_read_each_others_tokens()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var server = await PostgresServer.SharedAsync();
        var connection = server.ConnectionString($"made_{Guid.NewGuid():N}");
        await using var one = await TemporaryPortal.OnPostgresAsync(connection);
        await using var other = await TemporaryPortal.OnPostgresAsync(connection);

        var ready = await Task.WhenAll(new[] { one, other }.Select(n => Task.Run(() => n.Get<PrepareDatabase>().RunAsync(CancellationToken.None))));

        Assert.All(ready, Assert.True);
        Assert.False(await one.ReadAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));
        Assert.Equal(1, await one.ReadAsync(db => db.DataProtectionKeys.CountAsync()));
        Assert.Equal("a token", other.Get<Secrets>().Reveal(one.Get<Secrets>().Protect("a token")));
    }

    private static Task<int> ListeningAsync(TemporaryPortal portal, int nodes) =>
        Eventually.Get(
            () =>
                portal.ReadAsync(db =>
                    db.Database.SqlQuery<int>(
                            $"""select count(*)::int as "Value" from pg_stat_activity where query = 'listen portal' and datname = current_database()"""
                        )
                        .SingleAsync()
                ),
            count => count == nodes,
            "the nodes listen"
        );
}
