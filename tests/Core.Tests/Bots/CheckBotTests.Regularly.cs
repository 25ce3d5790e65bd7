using System.Buffers.Text;
using System.Text;
using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using CapturedLogs = Support.CapturedLogs;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

// Check-ups that nobody asked for.
public sealed partial class CheckBotTests
{
    [Fact]
    public async Task Bots_are_checked_by_themselves_each_by_one_node_and_not_too_often()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await OpenAsync(clock);
        await portal.BotAsync(b => b.Status = BotStatus.Draft, "of-a-draft");
        await portal.BotAsync(b => b.Status = BotStatus.Archived, "of-an-archived-one");
        var (one, other) = (Regularly(clock), Regularly(clock));

        Assert.Equal(1, (await Task.WhenAll(one.NextAsync(CancellationToken.None), other.NextAsync(CancellationToken.None))).Sum());
        Assert.Equal(0, await one.NextAsync(CancellationToken.None));
        clock.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(1, await other.NextAsync(CancellationToken.None));
        // Nothing that was checked has changed.
        await portal.Get<PauseBot>().PauseAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None);
        Assert.Equal(0, await one.NextAsync(CancellationToken.None));
        await ChangeAsync();
        Assert.Equal(1, await one.NextAsync(CancellationToken.None));

        Assert.Equal(3, sides.Count("GET", "accounts/configuration"));
    }

    [Fact]
    public async Task Whoever_has_waited_longest_is_next_and_what_has_changed_comes_first()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await OpenAsync(clock);
        await CheckedAsync("late", overdue: 1);
        await CheckedAsync("later", overdue: 5);
        await CheckedAsync("not yet", overdue: -1);
        await CheckedAsync("changed", overdue: -2, version: -1);

        var due = await Regularly(clock).DueAsync(10, CancellationToken.None);

        var names = await portal.ReadAsync(db => db.Bots.ToDictionaryAsync(b => b.Id, b => b.Name));
        var order = due.Select(d => names[d.Id]).ToList();
        Assert.Equal(["changed", "freshbot"], order.Take(2).Order());
        Assert.Equal(["later", "late"], order.Skip(2));

        async Task CheckedAsync(string name, int overdue, int version = 0)
        {
            var other = await portal.BotAsync(b => b.Name = name, name);
            await portal.AddAsync(new BotCheckup { BotId = other.Id, Version = version, NextAt = clock.GetUtcNow().AddMinutes(-overdue) });
        }
    }

    [Fact]
    public async Task A_portal_that_cannot_keep_up_says_so_once_a_round()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await OpenAsync(clock);
        using var logs = new CapturedLogs();
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(logs));
        var slow = 3;
        var regularly = Regularly(
            clock,
            () =>
            {
                if (slow-- > 0)
                    clock.Advance(TimeSpan.FromMinutes(12));
                return 0.5;
            },
            factory.CreateLogger<CheckRegularly>()
        );

        await regularly.RoundAsync(CancellationToken.None);

        Assert.Single(logs.Lines, line => line.StartsWith("Warning", StringComparison.Ordinal) && line.Contains("Checks:Every", StringComparison.Ordinal));
    }

    private CheckRegularly Regularly(TimeProvider clock, Func<double>? jitter = null, ILogger<CheckRegularly>? log = null) =>
        new(portal.Store, portal.Get<CheckBot>(), Options.Create(new CheckOptions()), jitter ?? (() => 0.5), clock, log ?? NullLogger<CheckRegularly>.Instance);
}
