using Bunit;
using Core.Bots;
using Core.Bots.Sites;
using Core.Security;
using Portal.Components.Bots;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

/// <summary>The panel of a bot's sites in each of its states.</summary>
public sealed class SitesPanelTests : WholePage
{
    [Fact]
    public async Task Every_stroke_counts_as_unsaved_until_it_is_saved()
    {
        var bot = await WithRuleAsync();
        var panel = Show(bot);
        Assert.NotNull(Rules(panel).GetAttribute("data-kept"));

        panel.Find(ByTestId("site-context-0")).Input("kitch");

        Assert.NotNull(panel.Find(ByTestId("sites-discard")));
        Assert.Null(Rules(panel).GetAttribute("data-kept"));
        panel.Find(ByTestId("sites-save")).Click();
        panel.WaitForAssertion(() => Assert.Contains("Saved", panel.Find(ByTestId("sites-state")).TextContent, StringComparison.Ordinal));
        Assert.NotNull(Rules(panel).GetAttribute("data-kept"));
        Assert.Equal("kitch", (await SavedAsync(bot)).Rules.Single().Context);
    }

    [Fact]
    public async Task What_others_saved_meanwhile_is_not_overwritten_without_a_word()
    {
        var bot = await WithRuleAsync();
        var panel = Show(bot);
        panel.Find(ByTestId("site-context-0")).Input("mine");
        Right(await Use<MapSites>().SaveAsync(Admin, bot.Id, new([new() { SiteId = "theirs", Context = "x" }], null, null), CancellationToken.None));

        panel.Find(ByTestId("sites-save")).Click();
        panel.WaitForElement(ByTestId("sites-conflict"));
        panel.Find(ByTestId("sites-theirs")).Click();

        panel.WaitForAssertion(() => Assert.Equal("theirs", panel.Find(ByTestId("site-id-0")).GetAttribute("value")));
        Assert.Empty(panel.FindAll(ByTestId("sites-conflict")));
    }

    [Fact]
    public async Task A_rule_that_repeats_another_is_saved_and_said_to_do_nothing()
    {
        var bot = await WithRuleAsync();
        var panel = Show(bot);
        panel.Find(ByTestId("sites-add")).Click();
        panel.Find(ByTestId("site-id-1")).Input("cocina");
        panel.Find(ByTestId("site-context-1")).Input("mesa");
        Assert.Equal("Look at rule no. 2. The note at it says why. It can be saved as it is.", panel.Find(ByTestId("site-findings")).TextContent);

        panel.Find(ByTestId("sites-save")).Click();

        panel.WaitForAssertion(() => Assert.Contains("Saved, with rules to look at: 2", panel.Find(ByTestId("sites-state")).TextContent, StringComparison.Ordinal));
        Assert.Equal(2, (await SavedAsync(bot)).Rules.Count);
        Assert.Equal("duplicate", panel.Find(ByTestId("site-finding")).GetAttribute("data-kind"));
    }

    [Fact]
    public async Task A_rule_that_nobody_needs_is_counted_alike_before_and_after_saving()
    {
        var bot = await WithRuleAsync();
        Clock.Advance(SiteLinter.Patience);
        var panel = Show(bot);
        panel.WaitForAssertion(() => Assert.Equal("unused", panel.Find(ByTestId("site-finding")).GetAttribute("data-kind")));
        Assert.StartsWith("Look at rule no. 1.", panel.Find(ByTestId("site-findings")).TextContent, StringComparison.Ordinal);

        panel.Find(ByTestId("site-context-0")).Input("kitchen");
        panel.Find(ByTestId("sites-save")).Click();

        panel.WaitForAssertion(() => Assert.Contains("Saved, with rules to look at: 1", panel.Find(ByTestId("sites-state")).TextContent, StringComparison.Ordinal));
        Assert.StartsWith("Look at rule no. 1.", panel.Find(ByTestId("site-findings")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_looks_sees_the_rules_and_changes_nothing()
    {
        var bot = await WithRuleAsync();
        Person.Role = Role.Viewer;

        var panel = Show(bot);

        Assert.Equal("You can look, not change: your role is Viewer.", panel.Find(ByTestId("sites-read-only")).TextContent);
        Assert.All(["site-source-0", "site-id-0", "site-context-0"], field => Assert.True(panel.Find(ByTestId(field)).HasAttribute("readonly")));
        Assert.Equal("cocina", panel.Find(ByTestId("site-id-0")).GetAttribute("value"));
        Assert.Empty(panel.FindAll(ByTestId("sites-save")));
        Assert.Empty(panel.FindAll(ByTestId("try-question")));
    }

    [Fact]
    public async Task The_tab_of_a_bot_shows_the_rules_of_that_bot()
    {
        var bot = await WithRuleAsync();

        var tab = Render<SitesTab>(p => p.Add(t => t.Bot, bot));

        tab.WaitForAssertion(() => Assert.Equal("cocina", tab.Find(ByTestId("site-id-0")).GetAttribute("value")));
    }

    [Fact]
    public async Task Who_may_map_is_not_told_that_they_only_look() => Assert.Empty(Show(await WithRuleAsync()).FindAll(ByTestId("sites-read-only")));

    [Fact]
    public void A_bot_that_is_not_there_is_said_to_be_gone()
    {
        var panel = Render<SitesPanel>(p => p.Add(s => s.Bot, Some.Bot()));

        panel.WaitForAssertion(() => Assert.Equal("bot_not_found", panel.Find(ByTestId("error")).GetAttribute("data-code")));
    }

    [Fact]
    public async Task Topics_that_cannot_be_read_are_said_and_the_rules_are_there_all_the_same()
    {
        var panel = Show(await WithRuleAsync());

        panel.WaitForElement(ByTestId("topics-unread"));
        Assert.Single(panel.FindAll(ByTestId("site-rule")));
    }

    private Task<BotView> WithRuleAsync() => DraftAsync(new() { Name = "freshbot", Sites = [new() { SiteId = "cocina", Context = "comida" }] });

    private async Task<SiteMap> SavedAsync(BotView bot) => Right(await Use<MapSites>().ReadAsync(Admin, bot.Id, CancellationToken.None));

    private IRenderedComponent<SitesPanel> Show(BotView bot)
    {
        var panel = Render<SitesPanel>(p => p.Add(s => s.Bot, bot));
        panel.WaitForElement(ByTestId("site-rule"));
        return panel;
    }

    private static AngleSharp.Dom.IElement Rules(IRenderedComponent<SitesPanel> panel) => panel.Find(".card");
}
