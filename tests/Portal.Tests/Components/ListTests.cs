using Bunit;
using Core.Bots;
using Core.Bots.Accounts;
using Core.Bots.Listing;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Webhooks;
using Portal.Components.Bots;
using Portal.Components.Bots.Listing;
using Portal.Components.Conversations;
using Portal.Components.Deliveries;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

public sealed class ListTests : PageContext
{
    [Fact]
    public void A_bot_s_row_says_its_numbers_in_the_reader_s_way()
    {
        Read("es");

        var summary = Some.Summary("freshbot", BotStatus.Live, handled: 12_040, handedOver: 722) with { MessagesToday = 13_007, MessagesByHour = [0, 5, 1_200] };

        var row = Render<BotRow>(p => p.Add(r => r.Bot, summary)).Find(ByTestId("bot-row"));

        var words = row.TextContent;
        Assert.Contains("13.007", words, StringComparison.Ordinal);
        Assert.Matches(@"6\s%", words);
        Assert.Contains("1,8 s", words, StringComparison.Ordinal);
        Assert.Contains("1205", row.QuerySelector(ByTestId("sparkline"))!.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Equal(["1", "3", "20"], row.QuerySelectorAll("rect").Select(bar => bar.GetAttribute("height")));
    }

    [Fact]
    public void The_list_is_ordered_by_its_headers_figures_with_the_greatest_first()
    {
        var orders = new List<(BotOrder, bool)>();
        var table = Render<BotTable>(p =>
            p.Add(t => t.First, [Some.Summary("freshbot", BotStatus.Live)])
                .Add(t => t.Total, 1)
                .Add(t => t.OrderChanged, order => orders.Add(order))
        );

        Assert.Single(table.FindAll(ByTestId("bot-row")));
        Assert.Equal("ascending", table.Find("th[aria-sort]").GetAttribute("aria-sort"));
        table.Find("[data-by='messages']").Click();
        table.Find("[data-by='name']").Click();

        Assert.Equal([(BotOrder.Messages, true), (BotOrder.Name, true)], orders);
    }

    [Fact]
    public void Conversations_that_wait_are_counted_and_one_press_away()
    {
        var bot = Some.Summary("freshbot", BotStatus.Live, attention: "dead_letters") with { DeadLetters = 2 };

        var link = Render<BotRow>(p => p.Add(r => r.Bot, bot)).Find(ByTestId("dead-letters"));

        Assert.Equal("2 conversations wait", link.TextContent);
        Assert.Equal($"/deliveries?status=dead&bot={bot.Id}", link.GetAttribute("href"));
    }

    [Fact]
    public void What_is_wrong_is_said_in_words_and_links_to_the_bot()
    {
        var bot = Some.Summary("tienda-2", BotStatus.Live, attention: "token_refused");

        var table = Render<BotRow>(p => p.Add(r => r.Bot, bot));

        var attention = table.Find(ByTestId("attention"));
        Assert.Equal("Freshchat does not accept the API token.", attention.TextContent);
        Assert.EndsWith(bot.Id.ToString(), attention.GetAttribute("href"), StringComparison.Ordinal);
        // Only a check-up finds that out.
        var elsewhere = Render<BotRow>(p => p.Add(r => r.Bot, bot with { Attention = "events_elsewhere" })).Find(ByTestId("attention"));
        Assert.EndsWith("As of the last check-up.", elsewhere.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void Only_who_may_connect_is_offered_to_go_on_with_a_draft(bool may, int links)
    {
        var table = Render<BotRow>(p => p.Add(r => r.Bot, Some.Summary("", BotStatus.Draft)).Add(r => r.MayConnect, may));

        Assert.Equal(links, table.FindAll(ByTestId("continue-draft")).Count);
    }

    [Fact]
    public void Site_rules_move_by_their_buttons()
    {
        List<SiteRuleSettings> rules = [new() { SiteId = "comida", Context = "comida" }, new() { SiteId = "utensilios", Context = "utensilios" }];
        var editor = Render<SiteRulesEditor>(p => p.Add(e => e.Rules, rules));

        editor.Find(ByTestId("site-down-0")).Click();

        Assert.Equal(["utensilios", "comida"], rules.Select(rule => rule.SiteId));
        Assert.True(editor.Find(ByTestId("site-up-0")).HasAttribute("disabled"));
    }

    [Fact]
    public void A_topic_is_chosen_by_its_name_when_the_account_is_known()
    {
        List<SiteRuleSettings> rules = [new() { Source = SiteSource.Topic }];
        var editor = Render<SiteRulesEditor>(p =>
            p.Add(e => e.Rules, rules).Add(e => e.Topics, [new ChannelView("t-food", "Comida", "es", true), new ChannelView("t-food-en", "Comida", "en", true)])
        );

        editor.Find(ByTestId("site-id-0")).Change("t-food-en");

        Assert.Equal("t-food-en", rules[0].SiteId);
        Assert.Contains("Comida (en)", editor.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_who_may_not_map_sees_rules_without_buttons()
    {
        var editor = Render<SiteRulesEditor>(p => p.Add(e => e.Rules, [new SiteRuleSettings { SiteId = "comida" }]).Add(e => e.ReadOnly, true));

        Assert.Empty(editor.FindAll("button"));
    }

    [Fact]
    public void A_site_that_a_rule_covers_is_no_longer_unknown()
    {
        UnknownSiteView[] sites = [Some.Unknown(SiteSource.Topic, "t-1"), Some.Unknown(SiteSource.UserProperty, "comida")];

        var list = Render<UnknownSites>(p => p.Add(u => u.Sites, sites).Add(u => u.Rules, [new SiteRuleSettings { SiteId = "comida" }]).Add(u => u.MayMap, true));

        Assert.Single(list.FindAll(ByTestId("map-site")));
        Assert.Contains("t-1", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_conversation_reads_from_top_to_bottom_with_who_said_what()
    {
        var at = Clock.GetUtcNow();
        var timeline = Render<TimelineView>(p =>
            p.Add(
                t => t.Entries,
                [
                    new(at, TimelineKind.Customer, "¿Abren hoy?"),
                    new(at, TimelineKind.Bot, "Sí.", "Stopped"),
                    new(at, TimelineKind.HandedOver, "does_not_know", "Support team"),
                    new(at, TimelineKind.OwnerChanged, null, "Resolved"),
                ]
            )
        );

        var entries = timeline.FindAll(ByTestId("timeline-entry"));
        Assert.Equal(["customer", "bot", "handedover", "ownerchanged"], entries.Select(entry => entry.GetAttribute("data-kind")!));
        Assert.Contains("not sent: people took over", entries[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("Handed over to Support team: The bot does not know the answer", entries[2].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_a_message_without_an_answer_stands_why_with_the_way_to_its_delivery()
    {
        var at = Clock.GetUtcNow();
        Silence[] silences =
        [
            new(SilenceCause.Held, null, "7"),
            new(SilenceCause.NoAnswer, "bot_paused", "8"),
        ];
        var timeline = Render<TimelineView>(p =>
            p.Add(
                    t => t.Entries,
                    [
                        new(at, TimelineKind.Customer, "¿Abren hoy?", DeliveryId: "6"),
                        new(at, TimelineKind.Bot, "Sí.", DeliveryId: "9"),
                        new(at, TimelineKind.Customer, "¿Y mañana?", DeliveryId: "7"),
                        new(at, TimelineKind.Customer, "¿Hola?", DeliveryId: "8"),
                    ]
                )
                .Add(t => t.Silences, silences.ToDictionary(silence => silence.DeliveryId))
        );

        var said = timeline.FindAll(ByTestId("timeline-entry")).Select(entry => entry.QuerySelector(ByTestId("silence"))).ToList();

        Assert.Equal([null, null, "/deliveries/7", "/deliveries/8"], said.Select(silence => silence?.GetAttribute("href")));
        Assert.Equal("Held: Freshchat refuses the API token", said[2]!.TextContent);
        Assert.Equal("Not answered by the bot: The bot was paused", said[3]!.TextContent);
    }

    [Theory]
    [InlineData(Owner.Bot, BotStatus.Live, "bot", "Bot")]
    [InlineData(Owner.Bot, BotStatus.Paused, "nobody", "Nobody: bot paused")]
    [InlineData(Owner.Bot, BotStatus.Draft, "nobody", "Nobody: bot not live yet")]
    [InlineData(Owner.Bot, BotStatus.Archived, "nobody", "Nobody: bot archived")]
    [InlineData(Owner.People, BotStatus.Paused, "people", "People")]
    public void A_bot_that_does_not_answer_owns_nothing(Owner owner, BotStatus bot, string name, string words)
    {
        var badge = Render<OwnerBadge>(p => p.Add(o => o.Owner, owner).Add(o => o.Bot, bot)).Find(ByTestId("owner"));

        Assert.Equal((name, words), (badge.GetAttribute("data-owner"), badge.TextContent.Trim()));
    }

    [Fact]
    public void An_action_without_a_name_is_shown_as_Freshchat_wrote_it()
    {
        Assert.Equal("Customer’s message", Render<EventName>(p => p.Add(e => e.Action, "message_create").Add(e => e.ActorType, "user")).Markup.Trim());
        Assert.Equal("conversation_merge", Render<EventName>(p => p.Add(e => e.Action, "conversation_merge")).Markup.Trim());
    }

    [Fact]
    public void An_attempt_says_what_came_back()
    {
        var at = Clock.GetUtcNow();
        AttemptView[] attempts = [new("mammut.say", at, 84, 200, null), new("mammut.listen", at, 211, null, "does_not_know"), new("freshchat.reply", at, 10_000, null, "timeout")];

        var rows = Render<AttemptTable>(p => p.Add(t => t.Attempts, attempts)).FindAll(ByTestId("attempt"));

        Assert.Contains("HTTP 200", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("Done", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("No answer", rows[2].TextContent, StringComparison.Ordinal);
    }
}
