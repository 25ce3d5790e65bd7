using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Connecting;
using Core.Bots.Sites;
using Core.Outcomes;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;
using StepList = Portal.Components.ConnectWizard.WizardSteps;

namespace Portal.Tests.Components;

/// <summary>What stands around a step: the list of the steps, the help, what is being asked for and what will be sent.</summary>
public sealed class WizardFrameTests : WizardSteps
{
    private static readonly string[] Names = [.. Enum.GetNames<WizardStep>().Select(name => name.ToLowerInvariant())];

    [Fact]
    public void A_new_set_up_has_nothing_done_and_only_its_first_step_open()
    {
        var steps = Steps(new(), WizardStep.Freshchat);

        Assert.Empty(Done(steps));
        Assert.Equal(["freshchat"], Open(steps));
        Assert.Equal("step", steps.Find(ByTestId("wizard-step-freshchat")).GetAttribute("aria-current"));
    }

    [Fact]
    public void A_finished_step_shows_its_value_and_can_be_gone_back_to()
    {
        List<WizardStep> gone = [];
        var saved = Some.Bot("freshbot", "…8R0w", "a-bot");
        var draft = WizardDraft.From(saved with { Freshchat = saved.Freshchat with { AgentName = "Bot Comida", GroupName = "Support team" }, Mammut = new() { MammutId = 730114 } });
        var steps = Render<StepList>(p => p.Add(s => s.Draft, draft).Add(s => s.Current, WizardStep.Sites).Add(s => s.Go, gone.Add));

        Assert.Equal(["freshchat", "agent", "group", "bot"], Done(steps));
        Assert.Equal(["acme.freshchat.com", "Bot Comida", "Support team", "freshbot (730114)"], steps.FindAll(".wizard-step-done .under").Select(value => value.TextContent));
        steps.Find(ByTestId("wizard-step-agent")).Click();
        Assert.Equal([WizardStep.Agent], gone);
        Assert.True(steps.Find(ByTestId("wizard-step-proof")).HasAttribute("disabled"));
    }

    [Fact]
    public void A_clone_has_nothing_proved_whatever_it_brings_along()
    {
        var clone = Some.Bot("freshbot (copy)");
        clone = clone with { Freshchat = clone.Freshchat with { ChatUrl = "" }, Sites = [Rule(SiteSource.Topic, "t-of-the-other-account")] };

        var steps = Steps(WizardDraft.From(clone), WizardStep.Freshchat);

        Assert.Empty(Done(steps));
        Assert.Equal(["freshchat"], Open(steps));
    }

    [Theory]
    [InlineData(SiteSource.Topic, "t-food", true)]
    [InlineData(SiteSource.Topic, "t-of-the-other-account", false)]
    [InlineData(SiteSource.Any, "t-of-the-other-account", true)]
    public void Sites_are_done_when_the_account_has_the_topics_that_they_name(SiteSource source, string site, bool done)
    {
        var saved = Some.Bot("freshbot", "…8R0w", "a-bot") with { Mammut = new() { MammutId = 1 }, Sites = [Rule(source, site)] };
        var draft = WizardDraft.From(saved);
        draft.Probe = Account;

        Assert.Equal(done, draft.IsDone(WizardStep.Sites));
        Assert.Equal(done ? 0 : 1, Render<SitesStep>(p => p.Add(s => s.Draft, draft)).FindAll("[data-testid=site-finding][data-kind=unknowntopic]").Count);
    }

    [Fact]
    public void A_group_is_not_decided_by_a_name_that_came_from_elsewhere()
    {
        var draft = WizardDraft.From(Some.Bot("freshbot (copy)", "…8R0w", "a-bot"));
        Assert.Equal((false, WizardStep.Group), (draft.NoGroup, draft.FirstOpen));

        draft.NoGroup = true;

        Assert.Equal(WizardStep.Bot, draft.FirstOpen);
    }

    [Fact]
    public void A_live_bot_has_one_step_left()
    {
        var steps = Steps(WizardDraft.From(Some.Bot("freshbot", "…8R0w", "a-bot", BotStatus.Live)), WizardStep.Proof);

        Assert.Equal(["proof"], Open(steps));
    }

    [Theory]
    [InlineData("es", WizardStep.Webhook, "Ayuda con este paso", "Webhooks", true)]
    [InlineData("en", WizardStep.Freshchat, "Help with this step", "API details for chat", true)]
    [InlineData("en", WizardStep.Bot, "Help with this step", "user vertex", false)]
    public void The_help_says_what_a_step_is_for_and_where_one_finds_it(string language, WizardStep step, string title, string part, bool hasPath)
    {
        Read(language);

        var help = Render<WizardHelp>(p => p.Add(h => h.Step, step));

        Assert.Equal(title, help.Find("h3").TextContent);
        Assert.Contains(part, help.Markup, StringComparison.Ordinal);
        Assert.Equal(hasPath, help.FindAll("ol.path").Count > 0);
        Assert.Empty(help.FindAll(ByTestId("in-sandbox")));
    }

    [Fact]
    public void Until_the_account_has_answered_its_place_is_kept_and_after_a_refusal_it_can_be_asked_again()
    {
        var asked = 0;
        var waiting = Render<ProbeState>(p => p.Add(s => s.Draft, new WizardDraft()).Add(s => s.Retry, () => asked++));
        Assert.Empty(waiting.FindAll("button"));
        Assert.NotEmpty(waiting.Markup.Trim());

        var refused = Render<ProbeState>(p => p.Add(s => s.Draft, new WizardDraft { Problem = new Error("token_refused", "apiToken") }).Add(s => s.Retry, () => asked++));
        refused.Find("button").Click();

        Assert.Equal(("Try again", 1), (refused.Find("button").TextContent.Trim(), asked));
    }

    [Fact]
    public void What_creates_a_bot_is_one_column_and_says_that_the_token_goes_whole()
    {
        var draft = Draft("a-bot");
        (draft.Settings.Name, draft.Settings.Freshchat.GroupName) = ("freshbot", "Support team");

        var sent = Render<SentToMammut>(p => p.Add(s => s.Request, Preview(draft)));

        Assert.Empty(sent.FindAll("thead"));
        Assert.Equal("Support team", Cell(sent, "freshchat-group-name", 0));
        Assert.Equal("The portal will create the bot in Mammut with these values.", sent.Find(ByTestId("sent-means")).TextContent);
        Assert.Contains("As a JSON body", sent.Find("details").TextContent, StringComparison.Ordinal);
        Assert.NotNull(sent.Find($"details {ByTestId("sent-line")}"));
    }

    [Fact]
    public void What_changes_a_bot_stands_beside_what_Mammut_holds_now()
    {
        var draft = Draft("a-bot");
        draft.Settings.Freshchat.AppId = "app-1";
        draft.TypeMammutId("730114");

        var sent = Render<SentToMammut>(p => p.Add(s => s.Request, Preview(draft)).Add(s => s.Now, new MammutBotView(730114, "freshbot", "a-before", null, "Old team")));

        Assert.Equal(["Property", "Now", "Will be"], sent.FindAll("thead th").Select(head => head.TextContent));
        Assert.Equal(("a-before", "a-bot"), (Cell(sent, "freshchat-actor-id", 0), Cell(sent, "freshchat-actor-id", 1)));
        Assert.Equal(("–", "app-1"), (Cell(sent, "freshchat-app-id", 0), Cell(sent, "freshchat-app-id", 1)));
        // No group any longer: it is emptied there, not left as it was.
        Assert.Equal(("Old team", "(empty)"), (Cell(sent, "freshchat-group-name", 0), Cell(sent, "freshchat-group-name", 1)));
        Assert.Contains("In the query of the address", sent.Markup, StringComparison.Ordinal);
    }

    private IRenderedComponent<StepList> Steps(WizardDraft draft, WizardStep current) => Render<StepList>(p => p.Add(s => s.Draft, draft).Add(s => s.Current, current));

    private static IEnumerable<string> Done(IRenderedComponent<StepList> steps) =>
        Names.Where(name => steps.Find(ByTestId("wizard-step-" + name)).GetAttribute("data-done") == "true");

    private static IEnumerable<string> Open(IRenderedComponent<StepList> steps) => Names.Where(name => !steps.Find(ByTestId("wizard-step-" + name)).HasAttribute("disabled"));

    private static string Cell(IRenderedComponent<SentToMammut> sent, string property, int column) =>
        sent.FindAll("tbody tr").Single(row => row.QuerySelector("th")!.TextContent == property).QuerySelectorAll("td")[column].TextContent;

    private static SiteRuleSettings Rule(SiteSource source, string site) =>
        new()
        {
            Source = source,
            SiteId = site,
            Context = "comida",
        };
}
