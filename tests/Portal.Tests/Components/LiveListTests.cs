using Bunit;
using Core.Bots;
using Core.Bots.Changes;
using Core.Conversations;
using Core.Security;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Portal.Components.Bots;
using Portal.Components.Bots.Listing;
using Portal.Components.Conversations;
using Portal.Components.Deliveries;
using Portal.Components.Shared;
using System.Globalization;

namespace Portal.Tests.Components;

/// <summary>The long lists in each of their states, over a real database.</summary>
public sealed class LiveListTests : StoredPageContext
{
    private static readonly TimeSpan Throttle = TimeSpan.FromMilliseconds(250);

    private readonly Bot _bot = Bot();

    [Fact]
    public async Task Every_delivery_is_reached_and_what_arrives_meanwhile_is_shown_on_top()
    {
        await StoreAsync(_bot);
        await StoreAsync(Deliveries(260));
        var list = Render<DeliveryList>();
        for (var page = 1; page <= 5; page++)
        {
            list.WaitForAssertion(() => Assert.Equal(50 * page, Ids(list, "delivery-row").Count));
            list.Find(ByTestId("more")).Click();
        }
        list.WaitForAssertion(() => Assert.Equal(260, Ids(list, "delivery-row").Distinct().Count()));
        Assert.Empty(list.FindAll(ByTestId("more")));

        await StoreAsync(Deliveries(1, from: 261));
        Announce(_bot.Id, Throttle);

        list.WaitForAssertion(() => Assert.Equal("261", Ids(list, "delivery-row")[0]));
        Assert.Equal(261, Ids(list, "delivery-row").Distinct().Count());
    }

    [Fact]
    public async Task Whoever_has_lost_their_session_is_shown_nothing_new_and_nothing_is_taken_away()
    {
        await StoreAsync(_bot);
        await StoreAsync(Deliveries(2));
        var list = Render<DeliveryList>();
        list.WaitForAssertion(() => Assert.Equal(2, Ids(list, "delivery-row").Count));

        Be(null);
        await StoreAsync(Deliveries(1, from: 3));
        Announce(_bot.Id, Throttle);
        await list.InvokeAsync(() => { });
        Assert.Equal(2, Ids(list, "delivery-row").Count);

        Be(Role.Admin);
        Announce(_bot.Id, Throttle);
        list.WaitForAssertion(() => Assert.Equal(3, Ids(list, "delivery-row").Count));
    }

    [Fact]
    public async Task Every_conversation_is_reached_and_the_oldest_stands_on_top_once_it_goes_on()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversations(230));
        var table = Render<ConversationTable>(p => p.Add(t => t.ShowBot, true));
        for (var page = 1; page <= 4; page++)
        {
            table.WaitForAssertion(() => Assert.Equal(50 * page, Ids(table, "conversation-row").Count));
            table.Find(ByTestId("more")).Click();
        }
        table.WaitForAssertion(() => Assert.Equal(230, Ids(table, "conversation-row").Count));
        var oldest = Ids(table, "conversation-row")[^1];

        var id = long.Parse(oldest, CultureInfo.InvariantCulture);
        await WriteAsync(db => db.Conversations.Where(c => c.Id == id).ExecuteUpdateAsync(row => row.SetProperty(c => c.LastEventAt, Clock.GetUtcNow().AddDays(1))));
        Announce(_bot.Id, Throttle);

        table.WaitForAssertion(() => Assert.Equal(oldest, Ids(table, "conversation-row")[0]));
        Assert.Equal(230, Ids(table, "conversation-row").Distinct().Count());
    }

    [Fact]
    public async Task Every_change_of_a_bot_is_reached()
    {
        await StoreAsync(_bot);
        await StoreAsync(Enumerable.Range(1, 210).Select(i => new BotChange { BotId = _bot.Id, Version = i, By = "ada", What = BotAct.Changed, At = Clock.GetUtcNow() }));
        var tab = Render<ActivityTab>(p => p.Add(t => t.Bot, _bot.Id));
        for (var page = 1; page <= 4; page++)
        {
            tab.WaitForAssertion(() => Assert.Equal(50 * page, tab.FindAll(ByTestId("activity")).Count));
            tab.Find(ByTestId("more")).Click();
        }

        tab.WaitForAssertion(() => Assert.Equal(210, tab.FindAll(ByTestId("activity")).Count));
    }

    [Fact]
    public async Task What_was_given_up_is_one_link_away_and_Show_all_leads_back()
    {
        await StoreAsync(_bot);
        await StoreAsync(Deliveries(3));
        await WriteAsync(db => db.Deliveries.Where(d => d.Id == 2).ExecuteUpdateAsync(row => row.SetProperty(d => d.Status, DeliveryStatus.Dead)));
        var link = Render<BotRow>(p => p.Add(r => r.Bot, Some.Summary("freshbot", BotStatus.Live) with { Id = _bot.Id, DeadLetters = 1 })).Find(ByTestId("dead-letters"));
        Navigation.NavigateTo(link.GetAttribute("href")!);

        var list = Render<DeliveryList>();
        list.WaitForAssertion(() => Assert.Equal(["2"], Ids(list, "delivery-row")));
        Assert.Equal("true", list.Find(ByTestId("filter-dead")).GetAttribute("aria-pressed"));
        list.Find(ByTestId("filter-waiting")).Click();

        list.WaitForElement(ByTestId("empty"));
        Assert.Equal($"/deliveries?status=waiting&bot={_bot.Id}", Address);
        Assert.Contains("No delivery matches", list.Markup, StringComparison.Ordinal);
        list.Find(ByTestId("show-all")).Click();
        list.WaitForAssertion(() => Assert.Equal(3, Ids(list, "delivery-row").Count));
        Assert.Equal("/deliveries", Address);
    }

    [Fact]
    public async Task A_conversation_list_is_what_its_address_says()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversations(3));
        await WriteAsync(db => db.Conversations.Where(c => c.FreshchatId == "c2").ExecuteUpdateAsync(row => row.SetProperty(c => c.Owner, Owner.People)));
        Navigation.NavigateTo("/conversations?owner=people&bot=nonsense");

        var table = Render<ConversationTable>(p => p.Add(t => t.ShowBot, true));
        table.WaitForAssertion(() => Assert.Single(Ids(table, "conversation-row")));
        Navigation.NavigateTo("/conversations");
        table.WaitForAssertion(() => Assert.Equal(3, Ids(table, "conversation-row").Count));
        table.Find("select").Change(_bot.Id.ToString());
        table.WaitForAssertion(() => Assert.Equal($"/conversations?bot={_bot.Id}", Address));
    }

    [Fact]
    public async Task Who_waits_for_an_answer_and_whose_id_is_known_is_found_and_the_address_says_so()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversations(3));
        await StoreAsync(new Message { ConversationId = 2, DeliveryId = 1, Author = Author.Customer, Text = "¿Hola?", CreatedAt = Clock.GetUtcNow() });
        var table = Render<ConversationTable>(p => p.Add(t => t.ShowBot, true));
        table.WaitForAssertion(() => Assert.Equal(3, Ids(table, "conversation-row").Count));

        table.Find(ByTestId("filter-unanswered")).Click();
        table.WaitForAssertion(() => Assert.Equal(["2"], Ids(table, "conversation-row")));
        Assert.EndsWith("?unanswered=true", Address, StringComparison.Ordinal);
        Assert.Contains("5,000", table.Find(ByTestId("looked-at")).TextContent, StringComparison.Ordinal);
        Assert.Equal("Nobody: bot not live yet", table.Find(ByTestId("owner")).TextContent.Trim());
        table.Find(ByTestId("search")).Input("c3");
        Clock.Advance(TimeSpan.FromMilliseconds(150));

        Assert.Contains("No conversation matches", table.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        table.Find(ByTestId("filter-unanswered")).Click();
        table.WaitForAssertion(() => Assert.Equal(["3"], Ids(table, "conversation-row")));
        Assert.Equal("User ID e4a8e902", table.Find(ByTestId("customer")).TextContent);
    }

    [Fact]
    public async Task When_nobody_waits_for_an_answer_that_is_said()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversations(3));
        Navigation.NavigateTo("/conversations?unanswered=true");

        var table = Render<ConversationTable>(p => p.Add(t => t.ShowBot, true));

        Assert.Contains("No customer waits for an answer", table.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        table.Find(ByTestId("show-all")).Click();
        table.WaitForAssertion(() => Assert.Equal(3, Ids(table, "conversation-row").Count));
    }

    [Fact]
    public async Task A_delivery_shows_how_its_message_begins_and_customers_messages_stand_alone_when_asked_for()
    {
        await StoreAsync(_bot);
        await StoreAsync(Deliveries(3));
        await StoreAsync(new Delivery { Id = 4, BotId = _bot.Id, DedupKey = "m4", Action = "conversation_reopen", ActorType = "user", ReceivedAt = Clock.GetUtcNow() });
        await WriteAsync(db => db.Deliveries.Where(d => d.Id == 2).ExecuteUpdateAsync(row => row.SetProperty(d => d.ConversationId, 1).SetProperty(d => d.FreshchatConversationId, "c1")));
        await StoreAsync(new Message { ConversationId = 1, DeliveryId = 2, Text = "¿Abren hoy? " + new string('x', 400), CreatedAt = Clock.GetUtcNow() });
        var list = Render<DeliveryList>();
        list.WaitForAssertion(() => Assert.Equal(4, Ids(list, "delivery-row").Count));
        var said = Assert.Single(list.FindAll(ByTestId("row-conversation")));
        Assert.Equal(("/conversations/1", 200), (said.GetAttribute("href"), said.TextContent.Length));
        Assert.StartsWith("¿Abren hoy?", said.TextContent, StringComparison.Ordinal);
        Assert.Equal(["just now", "09:15:00"], list.FindAll(".at-when time").Take(2).Select(time => time.TextContent));

        list.Find(ByTestId("filter-customers")).Click();

        list.WaitForAssertion(() => Assert.Equal(["3", "2", "1"], Ids(list, "delivery-row")));
        Assert.EndsWith("?customers=true", Address, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_list_says_how_it_fills_but_a_narrowed_one_offers_everything()
    {
        Assert.Contains("Nothing has arrived yet", Render<DeliveryList>().WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        Assert.Contains("No conversations yet", Render<ConversationTable>().WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
        var ofBot = Render<ConversationTable>(p => p.Add(t => t.Bot, _bot.Id)).WaitForElement(ByTestId("empty"));
        Assert.Contains("event of it to this bot", ofBot.TextContent, StringComparison.Ordinal);

        Navigation.NavigateTo("/deliveries?conversation=17");
        Assert.NotNull(Render<DeliveryList>().WaitForElement(ByTestId("show-all")));
        Navigation.NavigateTo($"/conversations?bot={_bot.Id}");
        Assert.NotNull(Render<ConversationTable>(p => p.Add(t => t.ShowBot, true)).WaitForElement(ByTestId("show-all")));
    }

    [Fact]
    public void Until_it_is_read_a_list_is_a_skeleton()
    {
        BeUnknown();

        Assert.NotNull(Render<DeliveryList>().Find(".list-skeleton"));
        Assert.NotNull(Render<ConversationTable>().Find(".list-skeleton"));
        Assert.NotNull(Render<ActivityTab>(p => p.Add(t => t.Bot, _bot.Id)).Find(".list-skeleton"));
    }

    [Fact]
    public void Who_may_not_see_a_list_is_told_so()
    {
        Be(null);

        Assert.Equal("role_too_low", Render<DeliveryList>().WaitForElement(ByTestId("error")).GetAttribute("data-code"));
        Assert.Equal("role_too_low", Render<ConversationTable>().WaitForElement(ByTestId("error")).GetAttribute("data-code"));
        Be(Role.Viewer);
        Assert.Equal("role_too_low", Render<ActivityTab>(p => p.Add(t => t.Bot, _bot.Id)).WaitForElement(ByTestId("error")).GetAttribute("data-code"));
    }

    [Fact]
    public async Task Few_bots_are_chosen_from_a_list_archived_ones_too()
    {
        await StoreAsync(Bot("b"), Bot("a", BotStatus.Archived), Bot("b"), Bot(""));

        var options = Render<BotSelect>().WaitForElements("option", 4).Select(option => option.TextContent).ToList();

        Assert.Equal(["All bots", "a (archived)"], options[..2]);
        Assert.All(options[2..], option => Assert.StartsWith("b · ", option, StringComparison.Ordinal));
        Assert.NotEqual(options[2], options[3]);
    }

    [Fact]
    public async Task Many_bots_are_searched()
    {
        await StoreAsync(Enumerable.Range(1, 250).Select(i => Bot($"bot {i:000}")));
        var wanted = Bot("the last one");
        await StoreAsync(wanted);
        List<Guid?> chosen = [];
        var select = Render<BotSelect>(p => p.Add(s => s.Value, wanted.Id).Add(s => s.ValueChanged, (Guid? id) => chosen.Add(id)));
        select.WaitForAssertion(() => Assert.Equal("the last one", select.Find(ByTestId("bot-select")).GetAttribute("value")));

        select.Find(ByTestId("bot-select")).Input("ot 249");
        Clock.Advance(TimeSpan.FromMilliseconds(150));
        select.WaitForAssertion(() => Assert.Equal(["bot 249"], select.FindAll("option").Select(option => option.GetAttribute("value")!)));
        Assert.Empty(chosen);
        select.Find(ByTestId("bot-select")).Input("bot 249");
        select.Find(ByTestId("bot-select")).Input("");

        Assert.Equal([true, false], chosen.Select(id => id.HasValue));
    }

    private static List<string> Ids<T>(IRenderedComponent<T> list, string row)
        where T : Microsoft.AspNetCore.Components.IComponent => [.. list.FindAll(ByTestId(row)).Select(r => r.GetAttribute("data-id")!)];

    private IEnumerable<Delivery> Deliveries(int count, int from = 1) =>
        Enumerable
            .Range(from, count)
            .Select(i => new Delivery
            {
                Id = i,
                BotId = _bot.Id,
                DedupKey = $"m{i}",
                Action = "message_create",
                ActorType = "user",
                ReceivedAt = Clock.GetUtcNow(),
                EventTime = Clock.GetUtcNow(),
            });

    private IEnumerable<Conversation> Conversations(int count) =>
        Enumerable
            .Range(1, count)
            .Select(i => new Conversation
            {
                BotId = _bot.Id,
                FreshchatId = $"c{i}",
                UserId = "e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7",
                CreatedAt = Clock.GetUtcNow(),
                LastEventAt = Clock.GetUtcNow().AddMinutes(-i),
            });
}
