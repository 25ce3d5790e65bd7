using Core.Bots;
using Core.Bots.Listing;

namespace Core.Tests.Bots;

[Trait("Database", "both")]
public sealed class FindBotsTests
{
    [Fact]
    public async Task Pages_follow_each_other_without_gap_or_repeat_also_where_names_are_equal()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        string[] names = ["b", "a", "b", "c", "b", "ñandú", "a", "Z"];
        foreach (var name in names)
            await portal.BotAsync(b => (b.Name, b.Status) = (name, BotStatus.Draft));

        var pages = await EveryPage.OfAsync(after => portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(), 3, after, CancellationToken.None));

        var read = pages.SelectMany(page => page).ToList();
        Assert.Equal([3, 3, 2], pages.Select(page => page.Count));
        Assert.Equal(names.Order(StringComparer.Ordinal), read.Select(b => b.Name));
        Assert.Equal(names.Length, read.Select(b => b.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("comida", "Bot de Comida")]
    [InlineData("100%", "100% bot")]
    [InlineData("%", "100% bot")]
    [InlineData("_", "snake_bot")]
    [InlineData("\\", "back\\slash")]
    [InlineData("app-77", "Bot de Comida")]
    [InlineData("4711", "snake_bot")]
    [InlineData("471", null)]
    [InlineData("nobody", null)]
    public async Task The_search_takes_every_character_as_it_stands(string search, string? found)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync(b => (b.Name, b.MammutId) = ("Bot de Comida", 1), "app-77");
        await portal.BotAsync(b => (b.Name, b.MammutId) = ("100% bot", 2), "app-a");
        await portal.BotAsync(b => (b.Name, b.MammutId) = ("snake_bot", 4711), "app-b");
        await portal.BotAsync(b => (b.Name, b.MammutId) = ("back\\slash", 3), "app-c");

        var page = (await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(Search: search), 50, null, CancellationToken.None)).Value!;

        Assert.Equal(found is null ? [] : [found], page.Items.Select(b => b.Name));
    }

    [Fact]
    public async Task Archived_bots_are_shown_only_when_asked_for_and_never_counted()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync(b => (b.Name, b.Status) = ("gone", BotStatus.Archived));
        await portal.BotAsync(b => (b.Name, b.Status, b.TokenRefusedAt) = ("ill", BotStatus.Live, b.CreatedAt));
        await portal.BotAsync(b => (b.Name, b.Status) = ("new", BotStatus.Draft));

        Assert.Equal("ill,new", await NamesAsync(portal, new()));
        Assert.Equal("gone", await NamesAsync(portal, new(BotStatus.Archived)));
        Assert.Equal("new", await NamesAsync(portal, new(BotStatus.Draft)));
        Assert.Equal("ill", await NamesAsync(portal, new(NeedsAttention: true)));
        var counts = (await portal.Get<ShowBots>().CountAsync(TemporaryPortal.Viewer, CancellationToken.None)).Value!;
        Assert.Equal((1, 1, 2, 1, 1), (counts.ByStatus[BotStatus.Live], counts.ByStatus[BotStatus.Draft], counts.ByStatus.Count, counts.Archived, counts.NeedAttention));
    }

    [Fact]
    public async Task Names_to_choose_from_are_the_first_and_the_chosen_one()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        foreach (var name in (string[])["c", "a", "", "b"])
            await portal.BotAsync(b => (b.Name, b.Status) = (name, BotStatus.Draft));
        var old = await portal.BotAsync(b => (b.Name, b.Status) = ("old", BotStatus.Archived));

        Assert.Equal(["a", "b"], await ChoiceAsync(portal, null, null));
        Assert.Equal(["a", "b", "old archived"], await ChoiceAsync(portal, null, old.Id));
        Assert.Equal(["old archived"], await ChoiceAsync(portal, "OL", old.Id));
    }

    [Fact]
    public async Task A_cursor_that_is_not_ours_starts_from_the_beginning()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await portal.BotAsync();

        var page = (await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(), 0, "garbage", CancellationToken.None)).Value!;
        var conversations = await portal.Get<Core.Conversations.FindConversations>()
            .ListAsync(TemporaryPortal.Viewer, new(), 5, Core.Outcomes.Cursor.Write("999999999999999999", "1"), CancellationToken.None);

        Assert.Single(page.Items);
        Assert.True(conversations.Succeeded);
    }

    private static async Task<string> NamesAsync(TemporaryPortal portal, BotFilter filter) =>
        string.Join(',', (await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, filter, 50, null, CancellationToken.None)).Value!.Items.Select(b => b.Name));

    private static async Task<IEnumerable<string>> ChoiceAsync(TemporaryPortal portal, string? search, Guid? chosen) =>
        (await portal.Get<FindBots>().NamesAsync(TemporaryPortal.Viewer, search, chosen, 2, CancellationToken.None)).Value!.Select(b => b.Archived ? b.Name + " archived" : b.Name);
}
