using Core.Storage;
using Core.Tests.Freshchat;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace Core.Tests.Webhooks;

/// <summary>Stored once, told after the commit, refused when it cannot be stored (freshchat.md 9.4).</summary>
[Trait("Database", "both")]
public sealed class InboxTests
{
    [Fact]
    public async Task A_copy_is_counted_on_the_first_row_and_not_handled_again()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.StartAsync(nameof(Inbox));

        var outcomes = new List<StoreOutcome>();
        foreach (var retry in (int[])[1, 3, 2])
            outcomes.Add(await portal.StoreAsync(bot, Webhook.Customer("m1", 0), retry));

        Assert.Equal([StoreOutcome.Stored, StoreOutcome.Duplicate, StoreOutcome.Duplicate], outcomes);
        var row = await portal.ReadAsync(db => db.Deliveries.SingleAsync());
        Assert.Equal((2, 3), (row.Duplicates, row.RetryCount));
        Assert.Equal(Webhook.Customer("m1", 0), (await portal.ReadAsync(db => db.Payloads.SingleAsync())).Body);
    }

    [Fact]
    public async Task The_same_message_at_two_bots_is_two_deliveries()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var (one, other) = (await portal.BotAsync(), await portal.BotAsync(appId: "another-app"));
        await portal.StartAsync(nameof(Inbox));

        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(one, Webhook.Customer("m1", 0)));
        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(other, Webhook.Customer("m1", 0)));
    }

    [Fact]
    public async Task State_events_are_known_by_their_bytes()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.StartAsync(nameof(Inbox));

        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, Webhook.Resolved(1)));
        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, Webhook.Reopened(1)));
        Assert.Equal(StoreOutcome.Duplicate, await portal.StoreAsync(bot, Webhook.Resolved(1)));
    }

    [Fact]
    public async Task Many_at_once_are_stored_each_once_copies_among_them_or_not()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        // They wait together before anybody writes: one transaction takes many of them.
        var told = Enumerable.Range(0, 600).Select(i => portal.StoreAsync(bot, Webhook.Customer($"m{i % 500}", i % 500))).ToList();
        await portal.StartAsync(nameof(Inbox));

        var outcomes = await Task.WhenAll(told);

        Assert.Equal(500, outcomes.Count(o => o is StoreOutcome.Stored));
        Assert.Equal(100, outcomes.Count(o => o is StoreOutcome.Duplicate));
        Assert.Equal(500, await portal.ReadAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal(500, await portal.ReadAsync(db => db.Payloads.CountAsync()));
        Assert.Equal(100, await portal.ReadAsync(db => db.Deliveries.SumAsync(d => d.Duplicates)));
    }

    [Fact]
    public async Task When_too_many_wait_the_next_hears_it_at_once()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var waiting = Enumerable.Range(0, 2_000).Select(i => portal.StoreAsync(bot, Webhook.Customer($"m{i}", i))).ToList();

        var oneMore = portal.StoreAsync(bot, Webhook.Customer("one more", 0));

        Assert.True(oneMore.IsCompletedSuccessfully);
        Assert.Equal(StoreOutcome.Overloaded, await oneMore);
        Assert.DoesNotContain(waiting, w => w.IsCompleted);
    }

    [Fact]
    public async Task A_database_that_does_not_even_open_refuses_at_once()
    {
        using var inbox = new Inbox(new ClosedStore(), new DeliveryBell(), new ChangeFeed(), TimeProvider.System, NullLogger<Inbox>.Instance);
        await inbox.StartAsync(CancellationToken.None);
        var webhook = new StoredWebhook(new Delivery { BotId = Guid.NewGuid(), DedupKey = "m1" }, [1]);

        Assert.Equal(StoreOutcome.Unavailable, await inbox.StoreAsync(webhook, CancellationToken.None));
        Assert.Equal(StoreOutcome.Unavailable, await inbox.StoreAsync(webhook, CancellationToken.None));
        Assert.Equal(0, inbox.Depth);
        await inbox.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Without_its_database_nothing_is_acknowledged_and_afterwards_it_goes_on()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.StartAsync(nameof(Inbox));
        await portal.ReadAsync(db => db.Database.ExecuteSqlAsync($"""alter table "Deliveries" rename to "Gone" """));

        Assert.Equal(StoreOutcome.Unavailable, await portal.StoreAsync(bot, Webhook.Customer("m1", 0)));

        await portal.ReadAsync(db => db.Database.ExecuteSqlAsync($"""alter table "Gone" rename to "Deliveries" """));
        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, Webhook.Customer("m1", 0)));
        Assert.True(portal.Get<Inbox>().Running);
    }

    [Fact]
    public async Task A_page_that_fails_to_listen_does_not_stop_the_inbox()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var heard = 0;
        using var broken = portal.Get<ChangeFeed>().Subscribe(_ => throw new InvalidOperationException("the page is gone"));
        using var well = portal.Get<ChangeFeed>().Subscribe(_ => Interlocked.Increment(ref heard));
        await portal.StartAsync(nameof(Inbox));

        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, Webhook.Customer("m1", 0)));
        Assert.Equal(StoreOutcome.Stored, await portal.StoreAsync(bot, Webhook.Customer("m2", 0)));

        Assert.True(await Eventually.Get(() => Task.FromResult(heard), h => h >= 2, "both announcements") >= 2);
    }

    [Fact]
    public async Task The_first_event_of_a_bot_stays_its_first()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.StartAsync(nameof(Inbox));
        await portal.StoreAsync(bot, Webhook.Customer("m1", 0));
        var first = await Eventually.Get(() => portal.ReadAsync(db => db.BotActivity.SingleOrDefaultAsync()), a => a is not null, "the first event");

        await portal.StoreAsync(bot, Webhook.Customer("m2", 1));

        var then = await portal.ReadAsync(db => db.BotActivity.SingleAsync());
        Assert.Equal(first!.FirstEventAt, then.FirstEventAt);
        Assert.True(then.LastEventAt >= first.LastEventAt);
    }

    private sealed class ClosedStore : PortalStore
    {
        public override bool ManyNodes => false;

        public override Task<T> WriteAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => throw new IOException("closed");

        public override Task<T> WriteToAsync<T>(long conversationId, Func<PortalDb, Task<T>> work, CancellationToken cancel) =>
            throw new IOException("closed");

        public override Task<T> WriteLockingAsync<T>(Func<PortalDb, Task<T>> work, CancellationToken cancel) => throw new IOException("closed");

        public override Task<IReadOnlyList<bool>> InsertAsync(Func<IReadOnlyList<StoredWebhook>> webhooks, CancellationToken cancel) =>
            throw new IOException("closed");

        protected override PortalDb Open() => throw new IOException("closed");
    }
}
