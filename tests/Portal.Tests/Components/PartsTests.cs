using Bunit;
using Core.Bots;
using Core.Outcomes;
using Core.Turns;
using Portal.Components.Bots;
using Portal.Components.ConnectWizard;
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
    public void The_menu_of_rare_actions_is_closed_until_it_is_opened()
    {
        var menu = Render<MoreActions>(p => p.AddChildContent("<button data-testid=\"archive\">Archive</button>"));

        Assert.False(menu.Find("details").HasAttribute("open"));
        Assert.Equal("More actions", menu.Find("summary").TextContent);
        Assert.NotNull(menu.Find("details " + ByTestId("archive")));
    }
}
