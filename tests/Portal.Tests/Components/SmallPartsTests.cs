using Bunit;
using Core.Bots.Listing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Components.Bots;
using Portal.Components.Bots.Listing;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>Times, keys, headings that sort, and the question before something that has consequences.</summary>
public sealed class SmallPartsTests : PageContext
{
    private static readonly string Fingerprint = string.Concat(Enumerable.Repeat("ab12cd34", 8));

    [Theory]
    [InlineData(BotOrder.Name, false, "ascending")]
    [InlineData(BotOrder.Name, true, "descending")]
    [InlineData(BotOrder.LastEvent, false, null)]
    public void A_heading_says_whether_and_how_it_orders_the_list(BotOrder order, bool descending, string? sort)
    {
        BotOrder? chosen = null;
        var heading = Render<SortHeader>(p => p.Add(s => s.Label, "Bot").Add(s => s.By, BotOrder.Name).Add(s => s.Order, order).Add(s => s.Descending, descending).Add(s => s.Chosen, by => chosen = by));

        Assert.Equal(sort, heading.Find("th").GetAttribute("aria-sort"));
        heading.Find(ByTestId("sort")).Click();

        Assert.Equal((BotOrder.Name, "Bot"), (chosen, heading.Find(ByTestId("sort")).TextContent.Trim()));
    }

    [Theory]
    [InlineData(true, "end")]
    [InlineData(false, null)]
    public void A_heading_of_figures_stands_at_the_end_of_its_column(bool end, string? at) =>
        Assert.Equal(at, Render<SortHeader>(p => p.Add(s => s.Label, "Today").Add(s => s.By, BotOrder.Messages).Add(s => s.End, end)).Find("th").GetAttribute("class"));

    [Theory]
    [InlineData("es", 0, false, "09:15:00")]
    [InlineData("es", 0, true, "2 mar 2026 09:15:00")]
    [InlineData("es", -1, false, "1 mar 2026 09:15:00")]
    [InlineData("en", 0, false, "09:15:00")]
    [InlineData("en", -1, false, "1 Mar 2026 09:15:00")]
    public void A_time_of_another_day_names_the_day_in_the_reader_s_way(string language, int days, bool dateToo, string said)
    {
        Read(language);

        var time = Render<ExactTime>(p => p.Add(t => t.At, Clock.GetUtcNow().AddDays(days)).Add(t => t.DateToo, dateToo)).Find("time");

        Assert.Equal(Plain(said), Plain(time.TextContent));
        Assert.Equal(Clock.GetUtcNow().AddDays(days), DateTimeOffset.Parse(time.GetAttribute("datetime")!, null));
        Assert.Contains("2026", time.GetAttribute("title"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_is_known_by_the_beginning_of_its_fingerprint_in_groups_with_the_whole_at_hand()
    {
        var key = Render<KeySummary>(p => p.Add(k => k.Fingerprint, Fingerprint).Add(k => k.Bits, 2048));

        Assert.Equal("ab12 cd34 ab12 cd34 ab12 cd34 ab12 cd34 …", key.Find("code").TextContent);
        Assert.Equal(Fingerprint, key.Find("code").GetAttribute("title"));
        Assert.Equal("2048 bits", key.Find(".under").TextContent.Trim());
        Assert.Empty(key.FindAll("time"));

        key.Render(p => p.Add(k => k.AddedAt, Clock.GetUtcNow().AddMinutes(-7)));

        Assert.Contains("7 min ago", key.Find("time").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("confirm", true)]
    [InlineData("cancel", false)]
    public async Task What_has_consequences_is_asked_about_in_words_and_done_only_when_confirmed(string pressed, bool goesAhead)
    {
        var dialogs = Render<MudDialogProvider>();
        var asked = AskAsync(dialogs);
        dialogs.WaitForAssertion(() => Assert.Contains("Its webhook stops working.", dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal("Archive", dialogs.Find(ByTestId("confirm")).TextContent.Trim());
        Assert.Contains("mud-button-filled-error", dialogs.Find(ByTestId("confirm")).GetAttribute("class"), StringComparison.Ordinal);

        dialogs.Find(ByTestId(pressed)).Click();

        Assert.Equal(goesAhead, await asked);
    }

    [Fact]
    public async Task The_second_click_of_a_double_click_asks_nothing()
    {
        var dialogs = Render<MudDialogProvider>();
        var first = AskAsync(dialogs);
        dialogs.WaitForElement(ByTestId("confirm"));

        Assert.False(await AskAsync(dialogs));
        Assert.Single(dialogs.FindAll(ByTestId("confirm")));
        dialogs.Find(ByTestId("confirm")).Click();
        Assert.True(await first);

        var again = AskAsync(dialogs);
        dialogs.WaitForElement(ByTestId("cancel"));
        dialogs.Find(ByTestId("cancel")).Click();
        Assert.False(await again);
    }

    private Task<bool> AskAsync(IRenderedComponent<MudDialogProvider> page) =>
        page.InvokeAsync(() => ConfirmDialog.AskAsync(Services.GetRequiredService<IDialogService>(), "Archive freshbot?", "Its webhook stops working.", "Archive", destructive: true));

    // Cultures put narrow blanks that cannot be broken where a test has plain ones.
    private static string Plain(string text) => text.Replace('\u202f', ' ').Replace('\u00a0', ' ');
}
