using Core.Bots;
using Core.Bots.Listing;
using Core.Storage;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.Extensions.Time.Testing;

namespace Core.Tests.Bots;

[Trait("Database", "both")]
public sealed class ShowBotsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(BotOrder.Name, false, "busy,helped,idle,old")]
    [InlineData(BotOrder.Name, true, "old,idle,helped,busy")]
    [InlineData(BotOrder.Messages, true, "busy,helped,idle,old")]
    [InlineData(BotOrder.Messages, false, "idle,old,helped,busy")]
    [InlineData(BotOrder.ToPeople, true, "helped,busy,idle,old")]
    [InlineData(BotOrder.LastEvent, true, "idle,busy,helped,old")]
    [InlineData(BotOrder.LastEvent, false, "helped,old,busy,idle")]
    public async Task Every_column_orders_the_list_equal_ones_by_name(BotOrder order, bool descending, string names)
    {
        await using var portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider(Noon));
        var busy = await BotAsync(portal, "busy");
        await BotAsync(portal, "helped", busy: false);
        await portal.BotAsync(b => b.Name = "old", "app-old");
        var idle = await portal.BotAsync(b => b.Name = "idle", "app-idle");
        await SeenAsync(portal, (busy, Noon.AddMinutes(-5)), (idle.Id, Noon.AddMinutes(-1)));

        var shown = await ShowAsync(portal, new(new(), order, descending));

        Assert.Equal(names, string.Join(',', shown.Items.Select(b => b.Name)));
        Assert.Equal(4, shown.Total);
    }

    [Fact]
    public async Task Any_stretch_of_the_list_is_read_by_itself()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        for (var i = 0; i < 7; i++)
            await portal.BotAsync(b => (b.Name, b.Status) = ($"bot {i}", BotStatus.Draft));

        var middle = await ShowAsync(portal, new(new()), start: 3, count: 2);
        var beyond = await ShowAsync(portal, new(new()), start: 6, count: 50);

        Assert.Equal(["bot 3", "bot 4"], middle.Items.Select(b => b.Name));
        Assert.Equal(7, middle.Total);
        Assert.Equal("bot 6", Assert.Single(beyond.Items).Name);
    }

    [Fact]
    public async Task Today_is_the_readers_day_and_the_hours_are_the_latest_24()
    {
        await using var portal = await TemporaryPortal.OpenAsync(clock: new FakeTimeProvider(Noon));
        await BotAsync(portal, "busy");

        var utc = Assert.Single((await ShowAsync(portal, new(new()))).Items);
        var lima = Assert.Single((await ShowAsync(portal, new(new(), Today: Noon.AddHours(-7)))).Items);

        Assert.Equal((90, 40, 4), (utc.MessagesToday, utc.HandledToday, utc.HandedOverToday));
        Assert.Equal((50, 20, 3), (lima.MessagesToday, lima.HandledToday, lima.HandedOverToday));
        Assert.Equal((24, 50, 40), (utc.MessagesByHour.Count, utc.MessagesByHour[^1], utc.MessagesByHour[^9]));
        Assert.Equal(97, utc.MessagesByHour.Sum());
        Assert.Equivalent(lima, (await portal.Get<ShowBots>().OneAsync(TemporaryPortal.Viewer, lima.Id, Noon.AddHours(-7), CancellationToken.None)).Value);
    }

    [Fact]
    public async Task A_turn_counts_with_all_its_messages_once_it_is_dealt_with()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:QuietWindow", "00:00:02"));

        await desk.ArriveAsync(Webhook.Customer("m1", 0), Webhook.Customer("m2", 0.1));
        await desk.FateAsync("m1 Handled, m2 Handled");

        var bot = Assert.Single((await ShowAsync(desk.Portal, new(new()))).Items);
        Assert.Equal((2, 1, 0), (bot.MessagesToday, bot.HandledToday, bot.HandedOverToday));
        Assert.NotNull(bot.MedianReplyMilliseconds);
    }

    // 40 messages of this morning and 50 of this hour, 7 of yesterday; four of 40 turns went to people.
    private static async Task<Guid> BotAsync(TemporaryPortal portal, string name, bool busy = true)
    {
        var bot = await portal.BotAsync(b => b.Name = name, "app-" + name);
        var now = BotHour.Of(Noon);
        await portal.AddAsync(
            busy
                ? [Hour(bot.Id, now, 50, 20, 3), Hour(bot.Id, now - 8, 40, 20, 1), Hour(bot.Id, now - 13, 7, 7, 7), Hour(bot.Id, now - 30, 900, 9, 9)]
                : [Hour(bot.Id, now, 2, 2, 1)]
        );
        return bot.Id;
    }

    private static BotHour Hour(Guid bot, int hour, int messages, int turns, int handedOver) =>
        new() { BotId = bot, Hour = hour, Messages = messages, Turns = turns, HandedOver = handedOver };

    private static Task SeenAsync(TemporaryPortal portal, params (Guid Bot, DateTimeOffset At)[] seen) =>
        portal.AddAsync(seen.Select(s => new BotActivity { BotId = s.Bot, FirstEventAt = s.At, LastEventAt = s.At }));

    private static async Task<BotWindow> ShowAsync(TemporaryPortal portal, BotQuery query, int start = 0, int count = 50) =>
        (await portal.Get<ShowBots>().HandleAsync(TemporaryPortal.Viewer, query, start, count, CancellationToken.None)).Value!;
}
