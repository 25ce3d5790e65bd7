using Bunit;
using Core.Bots;
using Core.Security;
using MudBlazor;
using Portal.Components.Bots;
using Portal.Components.Bots.Listing;
using Support;

namespace Portal.Tests.Components;

/// <summary>The dashboard and the head of a bot's page in each of their states, over a real database.</summary>
public sealed class DashboardTests : StoredPageContext
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    [Fact]
    public void Without_a_bot_an_admin_is_led_to_connect_one()
    {
        var page = Render<Dashboard>();

        Assert.Contains("No bot is connected yet", page.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll(ByTestId("connect-bot")));
        Assert.Empty(page.FindAll(ByTestId("search")));
    }

    [Fact]
    public async Task When_all_are_archived_they_are_one_press_away()
    {
        await StoreAsync(Bot("old", BotStatus.Archived));
        var page = Render<Dashboard>();

        Assert.Contains("All bots are archived", page.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find(ByTestId("search")));
        page.Find(ByTestId("show-archived")).Click();

        page.WaitForAssertion(() => Assert.Contains("old", page.Find(ByTestId("bot-row")).TextContent, StringComparison.Ordinal));
        Assert.Equal("/?status=archived", Address);
    }

    [Fact]
    public async Task A_search_is_read_when_the_typing_pauses_and_what_was_typed_stays()
    {
        await StoreAsync(Bot("comida"), Bot("comodín"), Bot("tienda"));
        var page = Render<Dashboard>();
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(ByTestId("bot-row")).Count));

        foreach (var typed in new[] { "c", "co", "com ", "comi " })
            page.Find(ByTestId("search")).Input(typed);
        Assert.Equal(3, page.FindAll(ByTestId("bot-row")).Count);
        Clock.Advance(Pause);

        page.WaitForAssertion(() => Assert.Contains("comida", Assert.Single(page.FindAll(ByTestId("bot-row"))).TextContent, StringComparison.Ordinal));
        Assert.Equal(("/?search=comi", "comi "), (Address, page.Find(ByTestId("search")).GetAttribute("value")));
    }

    [Fact]
    public async Task The_address_says_which_bots_in_which_order()
    {
        await StoreAsync(Bot("a"), Bot("b"), Bot("c", BotStatus.Paused));
        Navigation.NavigateTo("/?status=draft&sort=-name");
        var page = Render<Dashboard>();
        page.WaitForAssertion(() => Assert.Equal(["b", "a"], Names(page)));

        page.Find("[data-by='lastevent']").Click();
        page.WaitForAssertion(() => Assert.Equal("/?status=draft&sort=-lastEvent", Address));
        Navigation.NavigateTo("/");

        page.WaitForAssertion(() => Assert.Equal(["a", "b", "c"], Names(page)));
        Assert.Equal("ascending", page.Find("th[aria-sort]").GetAttribute("aria-sort"));
    }

    [Fact]
    public async Task Every_filter_says_how_many_there_are()
    {
        await StoreAsync(Bot("a", BotStatus.Live), Bot("b", BotStatus.Archived), Bot("c", BotStatus.Archived));

        var page = Render<Dashboard>();

        page.WaitForAssertion(() => Assert.Equal("2", page.Find("[data-testid=filter-archived] .filter-count").TextContent));
        Assert.All(page.FindAll(".filter"), filter => Assert.NotNull(filter.QuerySelector(".filter-count")));
    }

    [Theory]
    [InlineData(Role.Admin, 1)]
    [InlineData(Role.Operator, 0)]
    public async Task A_draft_is_discarded_from_the_list_by_those_who_may(Role role, int offered)
    {
        Be(role);
        await StoreAsync(Bot("the draft"), Bot("freshbot", BotStatus.Live));
        var questions = Render<MudDialogProvider>();
        var page = Render<Dashboard>();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(ByTestId("bot-row")).Count));
        Assert.Equal(offered, page.FindAll(ByTestId("discard-draft")).Count);
        if (offered == 0)
            return;

        page.Find(ByTestId("discard-draft")).Click();
        Assert.Contains("the token", questions.WaitForElement(ByTestId("confirm")).Closest(".mud-dialog")!.TextContent, StringComparison.Ordinal);
        questions.Find(ByTestId("confirm")).Click();

        await Eventually.BecomesAsync(
            () =>
            {
                Clock.Advance(TimeSpan.FromSeconds(1));
                return Names(page).SequenceEqual(["freshbot"]);
            },
            "the draft leaves the list"
        );
    }

    [Fact]
    public async Task Nothing_that_fits_offers_everything()
    {
        await StoreAsync(Bot("freshbot"));
        Navigation.NavigateTo("/?search=xyzzy");
        var page = Render<Dashboard>();

        Assert.Contains("No bot matches", page.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        Assert.Equal("xyzzy", page.Find(ByTestId("search")).GetAttribute("value"));
        page.Find(ByTestId("show-all")).Click();

        page.WaitForElement(ByTestId("bot-row"));
        Assert.True(string.IsNullOrEmpty(page.Find(ByTestId("search")).GetAttribute("value")));
    }

    [Fact]
    public void Before_it_is_read_it_is_a_skeleton()
    {
        BeUnknown();

        Assert.NotNull(Render<Dashboard>().Find(".list-skeleton"));
    }

    [Fact]
    public void Who_has_no_role_is_told_so()
    {
        Be(null);

        Assert.Equal("role_too_low", Render<Dashboard>().WaitForElement(ByTestId("error")).GetAttribute("data-code"));
    }

    [Fact]
    public async Task A_bot_s_page_counts_the_reader_s_day_however_many_bots_share_its_name()
    {
        var last = Bot("freshbot", BotStatus.Live, "ffffffff-ffff-4fff-bfff-ffffffffffff");
        await StoreAsync([last, .. Enumerable.Range(0, 105).Select(_ => Bot("freshbot", BotStatus.Live)), new BotHour { BotId = last.Id, Hour = BotHour.Of(Clock.GetUtcNow()), Messages = 9, Turns = 7, HandedOver = 1 }]);

        var page = Render<BotPage>(p => p.Add(b => b.Id, last.Id));

        Assert.Equal("7", page.WaitForElement(ByTestId("handled-today")).TextContent);
    }

    [Theory]
    [InlineData(Role.Admin, 1)]
    [InlineData(Role.Operator, 0)]
    [InlineData(Role.Viewer, 0)]
    public async Task Only_admins_are_offered_who_changed_what(Role role, int tabs)
    {
        var bot = Bot();
        await StoreAsync(bot);
        Be(role);

        var page = Render<BotPage>(p => p.Add(b => b.Id, bot.Id).Add(b => b.Tab, "activity"));

        page.WaitForElement(ByTestId("tab-overview"));
        Assert.Equal(tabs, page.FindAll(ByTestId("tab-activity")).Count);
        Assert.Empty(page.FindAll(ByTestId("error")));
    }

    private static IEnumerable<string> Names(IRenderedComponent<Dashboard> page) => page.FindAll(".row-link").Select(link => link.TextContent);
}
