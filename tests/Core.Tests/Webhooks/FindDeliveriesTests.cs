using Core.Conversations;
using Core.Webhooks;

namespace Core.Tests.Webhooks;

[Trait("Database", "both")]
public sealed class FindDeliveriesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, null, "9 8 7 6 5 4 3 2 1")]
    [InlineData(0, null, "9 8 7 6 5 4 3 2 1")]
    [InlineData(3, null, "9 8 7 6 5 4 3")]
    [InlineData(null, 3, "2 1")]
    [InlineData(3, 5, "4 3")]
    [InlineData(4, 4, "")]
    [InlineData(99, null, "")]
    [InlineData(null, -99, "")]
    public async Task A_time_span_holds_what_arrived_in_it(int? fromHour, int? toHour, string found)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await StoreAsync(portal, Enumerable.Range(1, 9).Select(i => (i, Noon.AddHours(i))));

        Assert.Equal(found, await FindAsync(portal, new(From: fromHour is { } f ? Noon.AddHours(f) : null, To: toHour is { } t ? Noon.AddHours(t) : null)));
    }

    [Fact]
    public async Task Nodes_whose_clocks_differ_a_little_hide_nothing_and_gaps_do_not_matter()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await StoreAsync(portal, [(3, Noon), (40, Noon.AddMinutes(2)), (41, Noon.AddMinutes(-1)), (42, Noon.AddMinutes(3)), (90, Noon.AddMinutes(1)), (99, Noon.AddHours(1))]);

        Assert.Equal("90 42 40", await FindAsync(portal, new(From: Noon.AddMinutes(1), To: Noon.AddMinutes(30))));
        Assert.Equal("41", await FindAsync(portal, new(To: Noon)));
        Assert.Equal("99 90 42 41 40 3", await FindAsync(portal, new(From: DateTimeOffset.MinValue, To: DateTimeOffset.MaxValue)));
    }

    [Fact]
    public async Task A_conversation_is_found_by_either_id_also_before_its_webhook_is_applied()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        Delivery Of(int id, string? freshchatId, long? ours) =>
            new() { Id = id, BotId = bot.Id, DedupKey = $"m{id}", FreshchatConversationId = freshchatId, ConversationId = ours, ReceivedAt = Noon };
        await portal.AddAsync(new Conversation { Id = 17, BotId = bot.Id, FreshchatId = "c-a" }, Of(1, "c-a", 17), Of(2, "c-b", 18), Of(3, "c-a", null), Of(4, null, null));

        Assert.Equal("3 1", await FindAsync(portal, new(Conversation: "c-a")));
        Assert.Equal("1", await FindAsync(portal, new(Conversation: "17")));
        Assert.Equal("", await FindAsync(portal, new(Conversation: "19")));
    }

    [Theory]
    [InlineData(DeliveryStatus.Received, "1")]
    [InlineData(DeliveryStatus.Waiting, "5 2")]
    [InlineData(DeliveryStatus.Handled, "3")]
    [InlineData(DeliveryStatus.Ignored, "4")]
    [InlineData(DeliveryStatus.Dead, "")]
    public async Task A_status_finds_its_own_page_by_page(DeliveryStatus status, string found)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var deliveries = Enumerable.Range(1, 5).Select(i => new Delivery { Id = i, BotId = bot.Id, DedupKey = $"m{i}", ReceivedAt = Noon }).ToList();
        deliveries[1].Wait();
        deliveries[2].Handle(null, Noon);
        deliveries[3].Ignore("own_echo", Noon);
        deliveries[4].Wait();
        await portal.AddAsync(deliveries);

        Assert.Equal(found, await FindAsync(portal, new(bot.Id, status), limit: 1));
        Assert.Equal("", await FindAsync(portal, new(Guid.NewGuid(), status)));
    }

    private static async Task StoreAsync(TemporaryPortal portal, IEnumerable<(int Id, DateTimeOffset At)> deliveries)
    {
        var bot = await portal.BotAsync();
        await portal.AddAsync(deliveries.Select(d => new Delivery { Id = d.Id, BotId = bot.Id, DedupKey = $"m{d.Id}", ReceivedAt = d.At }));
    }

    private static async Task<string> FindAsync(TemporaryPortal portal, DeliveryFilter filter, int limit = 50)
    {
        var pages = await EveryPage.OfAsync(after => portal.Get<FindDeliveries>().ListAsync(TemporaryPortal.Viewer, filter, limit, after, CancellationToken.None));
        return string.Join(' ', pages.SelectMany(page => page).Select(d => d.Id));
    }
}
