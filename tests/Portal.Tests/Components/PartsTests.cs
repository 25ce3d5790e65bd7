using Bunit;
using Core.Bots;
using Core.Outcomes;
using Core.Turns;
using Microsoft.AspNetCore.Components.Sections;
using Microsoft.AspNetCore.Components.Web;
using Portal.Components.Bots;
using Portal.Components.Bots.Editing;
using Portal.Components.Bots.Listing;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>Small parts that many pages share, in each of their states.</summary>
public sealed class PartsTests : PageContext
{
    [Fact]
    public void What_cannot_be_chosen_says_why_and_stays_chosen_when_it_was()
    {
        List<string?> chosen = [];
        SelectOption[] options = [new(null, "None"), new("a", "Ana"), new("b", "Bot") { Refused = "Deactivated." }];
        var field = Render<SelectField>(p =>
            p.Add(s => s.Label, "Agent").Add(s => s.Options, options).Add(s => s.Value, "b").Add(s => s.Error, new Error("agent_deactivated")).Add(s => s.ValueChanged, value => chosen.Add(value))
        );

        Assert.Equal(["None", "Ana", "Bot · Deactivated."], field.FindAll("option").Select(option => option.TextContent));
        Assert.Equal("Bot · Deactivated.", field.Find("option[disabled][selected]").TextContent);
        Assert.Equal("true", field.Find("select").GetAttribute("aria-invalid"));
        Assert.Equal(field.Find("select").GetAttribute("aria-describedby"), field.Find(ByTestId("field-error")).Id);
        field.Find("select").Change("a");
        field.Find("select").Change("");
        Assert.Equal(["a", null], chosen);
    }

    [Fact]
    public void An_hour_without_messages_is_seen_beside_a_busy_one_and_none_at_all_draws_nothing()
    {
        var bars = Render<Sparkline>(p => p.Add(s => s.Values, [0, 1, 1_000]).Add(s => s.Label, "three hours"));

        Assert.Equal(["1", "3", "20"], bars.FindAll("rect").Select(bar => bar.GetAttribute("height")!));
        Assert.Equal("three hours", bars.Find("svg").GetAttribute("aria-label"));
        Assert.Empty(Render<Sparkline>(p => p.Add(s => s.Values, []).Add(s => s.Label, "")).FindAll("rect"));
    }

    [Fact]
    public void Stations_that_have_not_been_reached_wait()
    {
        ProofStation[] reached = [new(ProofStop.Customer, StationState.Passed), new(ProofStop.Webhook, StationState.Failed, 1_200) { Code = "proof_reply_missing" }];

        var stations = Render<ProofStations>(p => p.Add(s => s.Stations, reached)).FindAll("li");

        Assert.Equal(["passed", "failed", "waiting"], stations.Take(3).Select(s => s.GetAttribute("data-state")!));
        Assert.Contains("1.2 s", stations[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(Enum.GetValues<ProofStop>().Length, stations.Count);
    }

    [Fact]
    public void An_agent_has_a_picture_of_the_portals_own_address_over_the_first_letters_of_the_name()
    {
        var portrait = Render<AgentPortrait>(p => p.Add(a => a.Name, "Lucía Ferrer Gil").Add(a => a.PictureUrl, "https://media.example.test/l.png"));
        var address = portrait.Find("img").GetAttribute("src")!;

        Assert.Equal("LF", portrait.Find(".portrait").TextContent.Trim());
        Assert.StartsWith("/agent-picture?of=", address, StringComparison.Ordinal);
        portrait.Render(p => p.Add(a => a.Name, "Lucía"));
        Assert.Equal(address, portrait.Find("img").GetAttribute("src"));
        portrait.Render(p => p.Add(a => a.PictureUrl, null));
        Assert.Empty(portrait.FindAll("img"));
    }

    [Fact]
    public void The_menu_of_rare_actions_is_closed_until_it_is_opened()
    {
        var menu = Render<MoreActions>(p => p.AddChildContent("<button data-testid=\"archive\">Archive</button>"));

        Assert.False(menu.Find("details").HasAttribute("open"));
        Assert.Equal("More actions", menu.Find("summary").TextContent);
        Assert.NotNull(menu.Find("details " + ByTestId("archive")));
    }

    [Fact]
    public void One_of_the_filters_is_pressed_and_everything_is_one_of_them()
    {
        List<BotStatus?> chosen = [];
        FilterOption<BotStatus>[] options = [new(null, "all", "All"), new(BotStatus.Live, "live", "Live", 3), new(BotStatus.Draft, "draft", "Drafts", 0)];
        var filters = Render<Filters<BotStatus>>(p =>
            p.Add(f => f.Label, "Bots by status").Add(f => f.Options, options).Add(f => f.Value, BotStatus.Live).Add(f => f.ValueChanged, value => chosen.Add(value))
        );

        Assert.Equal("Bots by status", filters.Find("[role=group]").GetAttribute("aria-label"));
        Assert.Equal("filter-live", filters.Find("[aria-pressed=true]").GetAttribute("data-testid"));
        Assert.Equal([null, "3", "0"], filters.FindAll("button").Select(filter => filter.QuerySelector(".filter-count")?.TextContent));
        filters.Find(ByTestId("filter-draft")).Click();
        filters.Find(ByTestId("filter-all")).Click();
        Assert.Equal([BotStatus.Draft, null], chosen);
    }

    [Fact]
    public void Where_there_is_nothing_it_is_said_why_and_what_to_do()
    {
        var empty = Render<EmptyState>(p => p.Add(e => e.Icon, "").Add(e => e.Title, "No bot yet").Add(e => e.Why, "Connect one.").AddChildContent("<a href=\"/bots/new\">Connect</a>"));

        Assert.Equal(["No bot yet", "Connect one.", "Connect"], empty.FindAll("h2, p, a").Select(part => part.TextContent));
    }

    [Theory]
    [InlineData("en", "Loading")]
    [InlineData("es", "Cargando")]
    public void A_list_that_is_being_read_says_so_and_keeps_its_place(string language, string said)
    {
        Read(language);

        var list = Render<ListSkeleton>(p => p.Add(l => l.Rows, 3));

        Assert.Equal(said, list.Find("[role=status]").GetAttribute("aria-label"));
        Assert.Equal(3, list.FindAll(".bone").Count);
    }

    [Fact]
    public void A_page_is_named_in_its_heading_in_the_tab_of_the_browser_and_in_the_trail_with_the_way_up()
    {
        var (tab, trail) = (Render<HeadOutlet>(), Render<SectionOutlet>(p => p.Add(o => o.SectionName, PageHeader.TrailSection)));
        var header = Render<PageHeader>(p => p.Add(h => h.Title, "Bots").Add(h => h.Beside, "<i>3</i>").AddChildContent("<button>Connect</button>"));
        Assert.Equal("Bots", header.Find("h1").TextContent);
        Assert.Equal(["3", "Connect"], header.FindAll("i, button").Select(part => part.TextContent));
        trail.WaitForAssertion(() => Assert.Equal("Bots", trail.Find(".trail-here").TextContent));
        Assert.Empty(trail.FindAll("a"));

        header.Render(p => p.Add(h => h.Title, "freshbot").Add(h => h.ParentHref, "/").Add(h => h.ParentTitle, "Bots"));

        tab.WaitForAssertion(() => Assert.Equal("freshbot - Mammut Portal", tab.Find("title").TextContent));
        trail.WaitForAssertion(() => Assert.Equal(("/", "Bots"), (trail.Find("a").GetAttribute("href"), trail.Find("a").TextContent)));
        Assert.Equal("freshbot", trail.Find(".trail-here").TextContent);
    }
}
