using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Mammut;
using Core.Outcomes;
using Portal.Components.Bots;
using Portal.Components.Bots.Account;
using Portal.Components.Bots.Editing;

namespace Portal.Tests.Components;

/// <summary>What a bot's page says of its settings, of its account, and of where its events have gone.</summary>
public sealed class BotFactsTests : PageContext
{
    private static readonly BotView Live = Some.Bot("freshbot", "…0042", "a-1", BotStatus.Live);

    private static readonly FreshchatProbe Account = new("app-1", null, [new("a-1", "Bot", "bot@acme.test", null, false, false)], [new("g-1", "Support", null, [])], []);

    [Theory]
    [InlineData("the successor", true, "The events of this account arrive at “the successor” instead of here.", "Open the successor")]
    [InlineData("the successor", false, "The events of this account are probably sent to “the successor”, which refuses them, instead of here.", "Open the successor")]
    [InlineData("", true, "The events of this account arrive at “Draft without a name” instead of here.", "Open Draft without a name")]
    public void Events_that_go_elsewhere_are_an_alarm_that_says_where_since_when_and_what_to_do(string name, bool verified, string said, string open)
    {
        var other = Guid.NewGuid();

        var alarm = Render<ElsewhereAlarm>(p => p.Add(e => e.Bot, Live).Add(e => e.Elsewhere, new EventsElsewhere(other, name, Clock.GetUtcNow().AddMinutes(-4), verified))).Find("[role=alert]");

        Assert.Equal(said, alarm.QuerySelector(".strong")!.TextContent);
        Assert.Equal("4 min ago", alarm.QuerySelector("time")!.TextContent);
        Assert.Equal($"/bots/{Live.Id}/webhook", alarm.QuerySelector(ByTestId("own-address"))!.GetAttribute("href"));
        Assert.Equal((open, $"/bots/{other}"), (alarm.QuerySelector(ByTestId("other-bot"))!.TextContent, alarm.QuerySelector(ByTestId("other-bot"))!.GetAttribute("href")));
    }

    [Fact]
    public void What_was_never_set_is_said_to_be_so_and_what_holds_instead()
    {
        var facts = Facts(Some.Bot());

        Assert.Equal(("Not set", "Not set", "Not set"), (facts["App ID"], facts["API token"], facts["Mammut ID"]));
        Assert.Equal("None: the bot never hands over", facts["Group that takes over"]);
        Assert.Equal("Rooms: the portal runs the conversation (the portal’s default)", facts["Mode"]);
        Assert.Equal("700 ms (the portal’s default)", facts["Quiet window"]);
        Assert.Equal("never by itself", facts["Give back to the bot"]);
        Assert.Contains("Without a group, when the bot does not know the answer", facts.Keys);
    }

    [Fact]
    public void What_was_set_is_told_in_words_without_a_default()
    {
        var facts = Facts(
            Live with
            {
                Freshchat = Live.Freshchat with { AgentName = "Bot Comida", GroupName = "Support team" },
                Mammut = new() { MammutId = 730_114, Mode = MammutMode.Relay },
                QuietWindow = TimeSpan.FromSeconds(1.5),
                DefaultContext = "comida",
                Policies = new() { NoText = NoText.Ignore, GiveBackAfterHours = 8 },
            }
        );

        Assert.Equal("Saved, ends in …0042", facts["API token"]);
        Assert.Equal(("Bot Comida a-1", "Support team"), (facts["Agent"], facts["Group that takes over"]));
        // There is a group: what would be without one concerns nobody.
        Assert.DoesNotContain("Without a group, when the bot does not know the answer", facts.Keys);
        Assert.Equal(("730114", "Relay: Mammut answers by itself", "comida"), (facts["Mammut ID"], facts["Mode"], facts["Default context"]));
        Assert.Equal(("1.5 s", "is kept without an answer", "after 8 h without a message from an agent"), (facts["Quiet window"], facts["Message without text"], facts["Give back to the bot"]));
    }

    [Theory]
    [InlineData(false, false, "asking", "Asking Freshchat for the agents and groups", "INPUT")]
    [InlineData(false, true, "unanswered", "Type IDs and names; they are checked when you save.", "INPUT")]
    [InlineData(true, false, "known", "read from Freshchat just now", "SELECT")]
    public void Agent_and_group_are_chosen_once_the_account_has_named_them_and_typed_until_then(bool known, bool unanswered, string state, string said, string input)
    {
        var fields = Render<AccountFields>(p =>
            p.Add(a => a.Draft, new SettingsDraft(Live)).Add(a => a.Probe, known ? Account : null).Add(a => a.Unanswered, unanswered ? new Error("timeout") : null)
        );

        var told = fields.Find(ByTestId("account-state"));
        Assert.Equal((state, "status"), (told.GetAttribute("data-state"), told.GetAttribute("role")));
        Assert.Contains(said, told.TextContent, StringComparison.Ordinal);
        Assert.Equal((input, input), (fields.Find(ByTestId("edit-agent")).TagName, fields.Find(ByTestId("edit-group")).TagName));
    }

    [Fact]
    public void What_the_account_holds_no_more_stays_chosen_with_the_fault_under_it()
    {
        var draft = new SettingsDraft(Live with { Freshchat = Live.Freshchat with { AgentId = "a-left", GroupName = "Dissolved" } });

        var fields = Render<AccountFields>(p => p.Add(a => a.Draft, draft).Add(a => a.Probe, Account));

        Assert.Equal("a-left", fields.Find("[data-testid=edit-agent] option[selected]").TextContent);
        Assert.Equal("Dissolved", fields.Find("[data-testid=edit-group] option[selected]").TextContent);
        Assert.Equal(["agent_not_found", "group_not_found"], Faults(fields));
    }

    [Theory]
    [InlineData("https://acme.freshchat.com/v2", "app_id_mismatch")]
    [InlineData("https://other.freshchat.com/v2", "")]
    public void An_account_that_was_asked_says_nothing_about_another(string chatUrl, string faults)
    {
        var draft = new SettingsDraft(Live);
        (draft.Mine.Freshchat.ChatUrl, draft.Mine.Freshchat.AppId) = (chatUrl, "app-2");

        Assert.Equal(faults, string.Join(' ', Faults(Render<AccountFields>(p => p.Add(a => a.Draft, draft).Add(a => a.Probe, Account)))));
    }

    [Fact]
    public void What_is_typed_and_chosen_becomes_what_is_wanted()
    {
        var draft = new SettingsDraft(Live);
        var fields = Render<AccountFields>(p => p.Add(a => a.Draft, draft).Add(a => a.Probe, Account).Add(a => a.Edit, (Action change) => change()));

        fields.Find(ByTestId("edit-chat-url")).Input("https://other.freshchat.com/v2");
        fields.Find(ByTestId("edit-app-id")).Input("app-2");
        fields.Find(ByTestId("edit-group")).Change("Support");

        Assert.Equal(["chatUrl", "appId", "groupName"], draft.Changes.Select(change => change.Field));
    }

    private static IEnumerable<string?> Faults(IRenderedComponent<AccountFields> fields) => fields.FindAll(ByTestId("field-error")).Select(fault => fault.GetAttribute("data-code"));

    private Dictionary<string, string> Facts(BotView bot)
    {
        var facts = Render<SettingsFacts>(p => p.Add(s => s.Bot, bot));
        return facts.FindAll("dt").Zip(facts.FindAll("dd")).ToDictionary(fact => fact.First.TextContent, fact => fact.Second.TextContent.Trim());
    }
}
