using Core.Bots;
using Core.Bots.Checks;
using Core.Bots.Sites;
using Core.Tests.Freshchat;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace Core.Tests.Bots;

// Which answers of the far sides hold, and for how long.
public sealed partial class CheckBotTests
{
    // What only the far sides can tell.
    private static readonly string[] Asked = ["agent", "app_id", "drift", "freshchat", "group", "mammut", "mammut_reachable", "scope", "token"];

    [Fact]
    public async Task What_was_not_asked_yet_is_neither_well_nor_wrong()
    {
        await OpenAsync();

        var view = await ReadAsync();

        Assert.Equal(Asked, NotChecked(view));
        Assert.All(view.Health.Where(c => c.State is CheckState.NotChecked), c => Assert.Null(c.CheckedAt));
        // The portal knows these by itself.
        Assert.Equal(["key Ok", "events Warning", "dead_letters Ok", "webhooks Ok"], view.Health.Where(c => c.State is not CheckState.NotChecked).Select(c => $"{c.Check} {c.State}"));
    }

    [Fact]
    public async Task What_was_found_stays_true_when_nothing_changes_that_the_far_sides_know()
    {
        await OpenAsync();
        far.Bot["name"] = "somebody's";
        var found = await CheckAsync();

        var paused = (await portal.Get<PauseBot>().PauseAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Value!;
        var resumed = (await portal.Get<PauseBot>().ResumeAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Value!;

        await portal.Get<MapSites>().MapAsync(TemporaryPortal.Operator, bot.Id, new() { SiteId = "comida", Context = "comida" }, CancellationToken.None);
        var mapped = await ReadAsync();

        Assert.Equal(resumed.Version + 1, mapped.Version);
        foreach (var view in new[] { paused, resumed, mapped })
        {
            Assert.Equal(found.CheckedAt, view.CheckedAt);
            Assert.Equal(found.Differences, view.Differences);
            Assert.Equal(found.Health, view.Health);
        }
    }

    [Fact]
    public async Task What_could_not_be_asked_keeps_its_last_answer_with_its_time()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await OpenAsync(clock);
        var before = await CheckAsync();
        clock.Advance(TimeSpan.FromMinutes(10));
        far.Account = _ => new Reply(200, "<html></html>", "text/html");

        var after = await CheckAsync();

        Assert.Equal(before.Health.Single(c => c.Check == "agent"), Of("agent"));
        Assert.Equal((CheckState.Failed, clock.GetUtcNow()), (Of("freshchat").State, Of("freshchat").CheckedAt));
        Assert.Equal(CheckState.NotChecked, Of("drift").State);

        BotCheck Of(string check) => after.Health.Single(c => c.Check == check);
    }

    // Somebody changes a setting that the account has no part in.
    private Task<int> ChangeAsync() =>
        portal.Store.WriteAsync(db => db.Bots.Where(b => b.Id == bot.Id).ExecuteUpdateAsync(row => row.SetProperty(b => b.Version, b => b.Version + 1)), CancellationToken.None);

    private static IEnumerable<string> NotChecked(BotView view) => view.Health.Where(c => c.State is CheckState.NotChecked).Select(c => c.Check).Order();
}
