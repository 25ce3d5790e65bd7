using Bunit;
using Core.Bots;
using Core.Conversations;
using Portal.Components.Conversations;

namespace Portal.Tests.Components;

/// <summary>The page of all conversations, which the part of a bot's page is not.</summary>
public sealed class ConversationListTests : StoredPageContext
{
    [Fact]
    public void Until_a_customer_has_written_it_says_how_a_conversation_comes_about()
    {
        var page = Render<ConversationList>();

        Assert.Equal("Conversations", page.Find("h1").TextContent);
        Assert.Contains("Connect a bot and write a message", page.WaitForElement(ByTestId("empty")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Conversations_of_all_bots_stand_together_each_with_its_bot_and_one_bot_can_be_chosen()
    {
        var (one, other) = (Bot("freshbot", BotStatus.Live), Bot("tienda", BotStatus.Live));
        await StoreAsync(one, other);
        await StoreAsync(Conversation(one), Conversation(other));
        Navigation.NavigateTo("/conversations");
        var page = Render<ConversationList>();
        page.WaitForAssertion(() => Assert.Equal(["freshbot", "tienda"], Bots(page)));

        page.Find(ByTestId("bot-select")).Change(other.Id.ToString());

        page.WaitForAssertion(() => Assert.Equal(["tienda"], Bots(page)));
        Assert.Equal($"/conversations?bot={other.Id}", Address);
    }

    [Fact]
    public void Who_may_not_see_them_is_told_so()
    {
        Be(null);

        var page = Render<ConversationList>();

        Assert.Equal("role_too_low", page.WaitForElement(ByTestId("error")).GetAttribute("data-code"));
    }

    private Conversation Conversation(Bot bot) => new() { BotId = bot.Id, FreshchatId = $"c-{bot.Name}", CreatedAt = Clock.GetUtcNow(), LastEventAt = Clock.GetUtcNow() };

    private static IEnumerable<string> Bots(IRenderedComponent<ConversationList> page) => page.FindAll("td[data-label=Bot]").Select(bot => bot.TextContent).Order();
}
