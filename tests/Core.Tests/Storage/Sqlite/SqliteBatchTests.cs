using Core.Bots;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Core.Tests.Storage.Sqlite;

/// <summary>Writes that are committed together: what fails takes nothing of the others with it, and nobody is told what is not on disk.</summary>
public sealed class SqliteBatchTests : IAsyncDisposable
{
    private readonly TaskCompletionSource gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TemporaryPortal? portal;

    [Fact]
    public async Task A_write_that_fails_takes_no_other_with_it()
    {
        var store = await BusyAsync();
        var first = store.WriteAsync(db => AddAsync(db, 1), CancellationToken.None);
        var broken = store.WriteAsync<int>(_ => throw new InvalidOperationException("a bug"), CancellationToken.None);
        var last = store.WriteAsync(db => AddAsync(db, 2), CancellationToken.None);

        gate.SetResult();

        Assert.Equal((1, 2), (await first, await last));
        Assert.Equal("a bug", (await Assert.ThrowsAsync<InvalidOperationException>(() => broken)).Message);
        Assert.Equal(["1", "2"], await CodesAsync());
    }

    [Fact]
    public async Task What_broke_a_rule_of_the_database_fails_alone()
    {
        var store = await BusyAsync();
        var writes = Enumerable.Range(0, 6).Select(i => store.WriteAsync(db => AddAsync(db, i / 2), CancellationToken.None)).ToList();

        gate.SetResult();

        for (var i = 0; i < 6; i++)
            if (i % 2 == 0)
                Assert.Equal(i / 2, await writes[i]);
            else
                await Assert.ThrowsAsync<DbUpdateException>(() => writes[i]);
        Assert.Equal(["0", "1", "2"], await CodesAsync());
    }

    [Fact]
    public async Task What_is_cancelled_after_it_ran_in_a_batch_that_was_given_up_is_not_told_as_done()
    {
        var store = await BusyAsync();
        using var cancel = new CancellationTokenSource();
        var cancelled = store.WriteAsync(db => AddAsync(db, 1), cancel.Token);
        var broken = store.WriteAsync<int>(
            async _ =>
            {
                await cancel.CancelAsync();
                throw new InvalidOperationException("a bug");
            },
            CancellationToken.None
        );

        gate.SetResult();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await Assert.ThrowsAsync<InvalidOperationException>(() => broken);
        Assert.Empty(await CodesAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (portal is not null)
            await portal.DisposeAsync();
    }

    // The store is kept busy until the gate opens, so that what is written meanwhile waits together.
    private async Task<PortalStore> BusyAsync()
    {
        // Time stands still, so one batch takes everything.
        portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider());
        await portal.BotAsync();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _ = portal.Store.WriteAsync(
            async _ =>
            {
                begun.TrySetResult();
                await gate.Task;
                return 0;
            },
            CancellationToken.None
        );
        await begun.Task;
        return portal.Store;
    }

    private static async Task<int> AddAsync(PortalDb db, int code)
    {
        var bot = await db.Bots.Select(b => b.Id).FirstAsync();
        db.Add(new Rejection { BotId = bot, Code = $"{code}" });
        return code;
    }

    private Task<List<string>> CodesAsync() => portal!.ReadAsync(db => db.Rejections.Select(r => r.Code).OrderBy(c => c).ToListAsync());
}
