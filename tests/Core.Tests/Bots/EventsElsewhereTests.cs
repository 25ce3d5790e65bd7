using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Checks;
using Core.Bots.Listing;
using Microsoft.Extensions.Time.Testing;

namespace Core.Tests.Bots;

/// <summary>A live bot whose account's events arrive at the address of a draft is silent without a fault of its own, and says so.</summary>
[Trait("Database", "both")]
public sealed class EventsElsewhereTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-5, -1, null, "Failed events_elsewhere")]
    [InlineData(-1, -5, null, "Ok")]
    [InlineData(null, -1, null, "Failed events_elsewhere")]
    [InlineData(-5, null, -1, "Warning events_elsewhere")]
    [InlineData(-1, null, -5, "Ok")]
    [InlineData(-5, -3, -1, "Failed events_elsewhere")]
    public async Task The_latest_event_tells_where_events_go(int? here, int? there, int? refusedThere, string events)
    {
        await using var portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider(Noon));
        var bot = await portal.BotAsync(b => b.LiveSince = Noon.AddDays(-1));
        var draft = await DraftAsync(portal, bot.AppId);
        await SeenAsync(portal, bot, here);
        await SeenAsync(portal, draft, there);
        await RefusedAsync(portal, draft, refusedThere);

        var view = await ReadAsync(portal, bot);

        var check = view.Health.Single(c => c.Check == "events");
        Assert.Equal(events, $"{check.State} {check.Code}".Trim());
        Assert.Equal(check.Code is null ? null : draft.Id, view.EventsElsewhere?.BotId);
        Assert.Equal(check.Code is null ? null : "the successor", view.EventsElsewhere?.Name);
    }

    [Fact]
    public async Task Nothing_is_missed_by_a_draft_of_another_account_an_archived_bot_or_before_the_bot_was_live()
    {
        await using var portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider(Noon));
        var bot = await portal.BotAsync(b => b.LiveSince = Noon.AddMinutes(-2));
        await SeenAsync(portal, await DraftAsync(portal, "another-account"), -1);
        await SeenAsync(portal, await DraftAsync(portal, bot.AppId, BotStatus.Archived), -1);
        var older = await DraftAsync(portal, bot.AppId);
        await SeenAsync(portal, older, -3);

        Assert.Null((await ReadAsync(portal, bot)).EventsElsewhere);
        // The draft itself is not told that the bot which answers gets the events.
        Assert.Null((await ReadAsync(portal, older)).EventsElsewhere);
    }

    [Theory]
    [InlineData(-1, null, null, 0)]
    [InlineData(-5, null, "events_elsewhere", 1)]
    [InlineData(null, null, "events_elsewhere", 1)]
    [InlineData(-1, "drift", "drift", 1)]
    [InlineData(-5, "drift", "events_elsewhere", 1)]
    public async Task A_list_says_it_until_an_event_has_come_here_since_the_last_check_up(int? here, string? warning, string? attention, int needAttention)
    {
        await using var portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider(Noon));
        var bot = await portal.BotAsync(b => b.LiveSince = Noon.AddDays(-1));
        await portal.AddAsync(new BotKey { BotId = bot.Id, Fingerprint = "of the account" });
        await SeenAsync(portal, bot, here);
        BotCheck[] found = warning is null ? [] : [new("drift", CheckState.Warning, warning)];
        await portal.AddAsync(new BotCheckup { BotId = bot.Id, Version = bot.Version, CheckedAt = Noon.AddMinutes(-3), Attention = BotAttention.Worst(found, misses: true) });

        var row = (await portal.Get<ShowBots>().OneAsync(TemporaryPortal.Viewer, bot.Id, Noon, CancellationToken.None)).Value!;
        var counts = (await portal.Get<ShowBots>().CountAsync(TemporaryPortal.Viewer, CancellationToken.None)).Value!;

        Assert.Equal((attention, needAttention), (row.Attention, counts.NeedAttention));
    }

    private static Task<Bot> DraftAsync(TemporaryPortal portal, string appId, BotStatus status = BotStatus.Draft) =>
        portal.BotAsync(b => (b.Name, b.Status, b.MammutId) = ("the successor", status, null), appId);

    private static async Task SeenAsync(TemporaryPortal portal, Bot bot, int? minutes)
    {
        if (minutes is { } ago)
            await portal.AddAsync(new BotActivity { BotId = bot.Id, FirstEventAt = Noon.AddDays(-1), LastEventAt = Noon.AddMinutes(ago) });
    }

    private static async Task RefusedAsync(TemporaryPortal portal, Bot bot, int? minutes)
    {
        if (minutes is { } ago)
            await portal.AddAsync(new Rejection { BotId = bot.Id, Code = "public_key_missing", Count = 1, LastAt = Noon.AddMinutes(ago) });
    }

    private static async Task<BotView> ReadAsync(TemporaryPortal portal, Bot bot) =>
        (await portal.Get<FindBots>().GetAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Value!;
}
