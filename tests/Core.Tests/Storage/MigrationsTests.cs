using Core.Bots;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Storage;

[Trait("Database", "both")]
public sealed class MigrationsTests
{
    [Fact]
    public async Task The_migrations_make_the_whole_model()
    {
        await using var portal = await TemporaryPortal.OpenAsync();

        Assert.False(await portal.ReadAsync(db => Task.FromResult(db.Database.HasPendingModelChanges())));
        Assert.Empty(await portal.ReadAsync(db => db.Database.GetPendingMigrationsAsync()));
    }

    [Fact]
    public async Task Preparing_twice_changes_nothing_and_a_crash_loses_nothing_committed()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync();

        await portal.Get<PrepareDatabase>().RunAsync(CancellationToken.None);

        Assert.Equal(1, await portal.ReadAsync(db => db.Bots.CountAsync()));
        Assert.True(await portal.Get<PrepareDatabase>().AnswersAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData(BotStatus.Live, BotStatus.Live, false)]
    [InlineData(BotStatus.Live, BotStatus.Paused, false)]
    [InlineData(BotStatus.Paused, BotStatus.Paused, false)]
    [InlineData(BotStatus.Live, BotStatus.Draft, true)]
    [InlineData(BotStatus.Live, BotStatus.Archived, true)]
    [InlineData(BotStatus.Draft, BotStatus.Draft, true)]
    public async Task One_bot_per_app_among_those_that_may_answer(BotStatus first, BotStatus second, bool allowed)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync(b => b.Status = first);

        var failed = await Record.ExceptionAsync(() => portal.BotAsync(b => b.Status = second));

        Assert.Equal(allowed, failed is null);
        if (!allowed)
            Assert.IsType<DbUpdateException>(failed);
    }

    [Fact]
    public async Task A_bot_comes_back_as_it_was_written()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var written = await portal.BotAsync(b =>
        {
            b.QuietWindow = TimeSpan.FromMilliseconds(1234);
            b.Policies = new() { NoText = NoText.Ignore, SystemAssignment = SystemAssignment.TakeOver, WithoutGroup = WithoutGroup.StaySilent, GiveBackAfterHours = 8 };
            b.Messages = new() { HandOver = new() { Es = "Ya viene Ana.", En = null } };
            b.LiveSince = new DateTimeOffset(2026, 3, 2, 9, 15, 4, 118, TimeSpan.Zero);
        });

        var read = await portal.ReadAsync(db => db.Bots.SingleAsync());

        Assert.Equal((written.QuietWindow, written.Policies, written.Messages, written.LiveSince), (read.QuietWindow, read.Policies, read.Messages, read.LiveSince));
    }

    [Fact]
    public async Task What_fails_inside_a_write_leaves_nothing_behind()
    {
        await using var portal = await TemporaryPortal.OpenAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            portal.Store.WriteAsync(
                async db =>
                {
                    db.Add(new Heartbeat { Id = 1 });
                    await db.SaveChangesAsync();
                    throw new InvalidOperationException("half-way");
                },
                CancellationToken.None
            )
        );

        Assert.Equal(0, await portal.ReadAsync(db => db.Heartbeats.CountAsync()));
    }
}
