using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Sites;
using Core.Outcomes;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

/// <summary>Sites that no rule knows, as an admin maps or dismisses them.</summary>
public sealed class UnknownSitesTests : PageContext
{
    private static readonly ChannelView[] Topics = [new("t-food", "Comida", "es", true)];

    [Fact]
    public void An_unknown_site_is_mapped_by_one_click_when_a_context_is_called_like_it()
    {
        SiteRuleSettings? mapped = null;
        var list = Unknown([Some.Unknown(SiteSource.Topic, "t-food", 3, "17")], [new() { SiteId = "web", Context = "comida" }], rule => mapped = rule);
        Assert.Contains("Comida (es)", list.Find(ByTestId("unknown-site")).TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/conversations/17", list.Find(ByTestId("unknown-example")).GetAttribute("href"), StringComparison.Ordinal);

        list.Find(ByTestId("map-site")).Click();

        Assert.Equal((SiteSource.Topic, "t-food", "comida"), (mapped!.Source, mapped.SiteId, mapped.Context));
        Assert.Equal("Comida (es) leads to comida from the next message on.", list.Find(ByTestId("mapped")).TextContent);
    }

    [Fact]
    public void A_site_that_was_seen_in_two_places_is_mapped_wherever_it_stands_and_the_count_says_of_what()
    {
        SiteRuleSettings? mapped = null;
        UnknownSiteView[] sites = [Some.Unknown(SiteSource.UserProperty, "comida", 2, "17"), Some.Unknown(SiteSource.ReferencePrefix, "comida", 2, "17") with { Id = 2 }];
        var list = Unknown(sites, [new() { SiteId = "web", Context = "comida" }], rule => mapped = rule);
        Assert.Contains("counts as one question", list.Markup, StringComparison.Ordinal);

        list.FindAll(ByTestId("map-site"))[0].Click();

        Assert.Equal((SiteSource.Any, "comida", "comida"), (mapped!.Source, mapped.SiteId, mapped.Context));
    }

    [Fact]
    public void What_one_conversation_carried_stands_together_and_what_somebody_came_for_comes_first()
    {
        UnknownSiteView[] sites =
        [
            Some.Unknown(SiteSource.Topic, "t-1", 1, "17"),
            Some.Unknown(SiteSource.UserProperty, "cocina", 1, "18"),
            Some.Unknown(SiteSource.UserProperty, "web", 1, "17"),
        ];
        var list = Render<UnknownSites>(p => p.Add(u => u.Sites, sites).Add(u => u.Rules, []).Add(u => u.MayMap, true).Add(u => u.Wanted, "cocina"));

        Assert.Equal(["cocina", "web", "t-1"], list.FindAll(ByTestId("unknown-site")).Select(site => site.GetAttribute("data-value")!));
        Assert.EndsWith("/conversations/17", Assert.Single(list.FindAll(ByTestId("unknown-together"))).QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal("wanted", list.FindAll(ByTestId("unknown-site"))[0].GetAttribute("class"));
        JSInterop.VerifyFocusAsyncInvoke();
    }

    [Fact]
    public void An_unknown_site_is_dismissed_and_it_is_said_that_it_may_come_back()
    {
        UnknownSiteView? dismissed = null;
        var list = Render<UnknownSites>(p =>
            p.Add(u => u.Sites, [Some.Unknown(SiteSource.Topic, "t-food")])
                .Add(u => u.Rules, [])
                .Add(u => u.Topics, Topics)
                .Add(u => u.MayMap, true)
                .Add(u => u.Dismiss, site =>
                {
                    dismissed = site;
                    return Task.FromResult<Error?>(null);
                })
        );

        list.Find(ByTestId("dismiss-site")).Click();

        Assert.Equal("t-food", dismissed?.Value);
        Assert.StartsWith("Comida (es) is off the list", list.Find(ByTestId("mapped")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_from_an_unknown_site_leads_who_may_to_its_rule()
    {
        var site = Some.Unknown(SiteSource.UserProperty, "a&b", 1, "17");

        var note = Render<UnknownSiteNote>(p => p.Add(n => n.Site, site).Add(n => n.MayMap, true));

        Assert.Contains("Unknown site (User property)", note.Find(ByTestId("unknown-site-note")).TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/sites?site=a%26b", note.Find(ByTestId("map-unknown")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(Render<UnknownSiteNote>(p => p.Add(n => n.Site, site)).FindAll("a"));
        Assert.Equal("", Render<UnknownSiteNote>(p => p.Add(n => n.Site, null)).Markup.Trim());
    }

    [Fact]
    public void Without_a_context_the_fault_stands_at_the_site()
    {
        var list = Unknown([Some.Unknown(SiteSource.UserProperty, "cocina")], [], _ => { });

        list.Find(ByTestId("map-site")).Click();

        Assert.Equal("site_context_required", list.Find(ByTestId("unknown-site")).QuerySelector(ByTestId("field-error"))!.GetAttribute("data-code"));
    }

    [Fact]
    public void Who_may_not_map_sees_what_was_met_and_no_button()
    {
        var list = Render<UnknownSites>(p => p.Add(u => u.Sites, [Some.Unknown(SiteSource.UserProperty, "cocina")]).Add(u => u.Rules, []));

        Assert.Single(list.FindAll(ByTestId("unknown-site")));
        Assert.Empty(list.FindAll("button"));
        Assert.Contains("has a rule", Render<UnknownSites>(p => p.Add(u => u.Sites, []).Add(u => u.Rules, [])).Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<UnknownSites> Unknown(UnknownSiteView[] sites, SiteRuleSettings[] rules, Action<SiteRuleSettings> map) =>
        Render<UnknownSites>(p =>
            p.Add(u => u.Sites, sites)
                .Add(u => u.Rules, rules)
                .Add(u => u.Topics, Topics)
                .Add(u => u.MayMap, true)
                .Add(u => u.Map, rule =>
                {
                    map(rule);
                    return Task.FromResult(rule.Context.Length == 0 ? new Error("site_context_required") : null);
                })
        );
}
