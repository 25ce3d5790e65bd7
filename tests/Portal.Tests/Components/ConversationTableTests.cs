using Bunit;
using Core.Bots;
using Core.Conversations;
using Core.Webhooks;
using Portal.Components.Conversations;

namespace Portal.Tests.Components;

/// <summary>The list of conversations: whose each is, and what it is narrowed to.</summary>
public sealed class ConversationTableTests : StoredPageContext
{
    private readonly Bot _bot = Bot();

    [Fact]
    public async Task Customers_without_a_name_are_told_apart_by_how_they_began()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversation(1), Conversation(2));
        await StoreAsync(
            new Message { ConversationId = 1, DeliveryId = 1, Author = Author.Customer, Text = "¿Abren hoy?", CreatedAt = Clock.GetUtcNow() },
            new Message { ConversationId = 1, DeliveryId = 2, Author = Author.Bot, Text = "Sí.", CreatedAt = Clock.GetUtcNow().AddSeconds(1) },
            new Message { ConversationId = 2, DeliveryId = 3, Author = Author.Customer, Text = "¿Y mañana?", CreatedAt = Clock.GetUtcNow() }
        );

        var table = Render<ConversationTable>();

        table.WaitForAssertion(() =>
            Assert.Equal(["User ID e4a8e902 · began with “¿Abren hoy?”", "User ID e4a8e902"], table.FindAll(ByTestId("customer")).Select(customer => customer.TextContent))
        );
        Assert.Equal(["Sí.", "¿Y mañana?"], table.FindAll(".row-link").Select(link => link.TextContent));
    }

    [Fact]
    public async Task A_long_message_that_is_the_only_one_is_not_told_twice()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversation(1));
        await StoreAsync(new Message { ConversationId = 1, DeliveryId = 1, Author = Author.Customer, Text = new string('a', 250), CreatedAt = Clock.GetUtcNow() });

        var table = Render<ConversationTable>();

        table.WaitForAssertion(() => Assert.Equal("User ID e4a8e902", table.Find(ByTestId("customer")).TextContent));
        Assert.Equal(new string('a', 200), table.Find(".row-link").TextContent);
    }

    [Fact]
    public async Task What_was_written_during_a_pause_is_shown_alone_until_that_is_pressed()
    {
        await StoreAsync(_bot);
        await StoreAsync(Conversation(1), Conversation(2));
        await StoreAsync(Left(1), Said(1), Said(2));
        Navigation.NavigateTo($"/conversations?bot={_bot.Id}&unanswered=true&writtenInPause=true");
        var table = Render<ConversationTable>(p => p.Add(t => t.ShowBot, true));
        table.WaitForAssertion(() => Assert.Equal(["1"], Ids(table)));
        Assert.Equal("true", table.Find(ByTestId("filter-unanswered")).GetAttribute("aria-pressed"));

        table.Find(ByTestId("filter-written-in-pause")).Click();

        table.WaitForAssertion(() => Assert.Equal(["1", "2"], Ids(table)));
        Assert.Equal($"/conversations?bot={_bot.Id}&unanswered=true", Address);
        Assert.Empty(table.FindAll(ByTestId("filter-written-in-pause")));
    }

    private static IEnumerable<string> Ids(IRenderedComponent<ConversationTable> table) => table.FindAll(ByTestId("conversation-row")).Select(row => row.GetAttribute("data-id")!);

    private Conversation Conversation(long id) =>
        new()
        {
            Id = id,
            BotId = _bot.Id,
            FreshchatId = $"c{id}",
            UserId = "e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7",
            LastEventAt = Clock.GetUtcNow().AddMinutes(-id),
        };

    private Message Said(long id) => new() { ConversationId = id, DeliveryId = id, Author = Author.Customer, Text = "¿Hola?", CreatedAt = Clock.GetUtcNow() };

    private Delivery Left(long id)
    {
        var left = new Delivery { Id = id, BotId = _bot.Id, DedupKey = $"m{id}", ReceivedAt = Clock.GetUtcNow() };
        left.Ignore(Reasons.BotPaused, Clock.GetUtcNow());
        return left;
    }
}
