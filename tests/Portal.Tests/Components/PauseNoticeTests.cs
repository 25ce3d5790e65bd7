using Bunit;
using Core.Bots;
using Core.Bots.Changes;
using Core.Conversations;
using Core.Webhooks;
using Portal.Components.Bots;

namespace Portal.Tests.Components;

/// <summary>What is said of those who wrote while a bot was paused.</summary>
public sealed class PauseNoticeTests : StoredPageContext
{
    private readonly Bot _bot = Bot(status: BotStatus.Live);

    [Theory]
    [InlineData(1, "1 conversation has")]
    [InlineData(2, "2 conversations have")]
    [InlineData(100, "99+ conversations have")]
    public async Task They_are_counted_as_far_as_one_can_look_after_them_and_are_one_press_away(int waiting, string said)
    {
        await StoreAsync(_bot);
        await StoreAsync(new BotChange { BotId = _bot.Id, Version = 1, By = "ada", What = BotAct.Paused, At = Clock.GetUtcNow() });
        await StoreAsync(Enumerable.Range(1, waiting).SelectMany(Left));

        var notice = Render<PauseNotice>(p => p.Add(n => n.Bot, _bot.Id)).WaitForElement(ByTestId("left-in-pause"));

        Assert.StartsWith(said, notice.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/conversations?bot={_bot.Id}&unanswered=true&writtenInPause=true", notice.QuerySelector("a")!.GetAttribute("href"));
    }

    private IEnumerable<object> Left(int number)
    {
        var at = Clock.GetUtcNow();
        var delivery = new Delivery { Id = number, BotId = _bot.Id, DedupKey = $"m{number}", ConversationId = number, Action = "message_create", ReceivedAt = at, EventTime = at };
        delivery.Ignore(Reasons.BotPaused, at);
        return
        [
            new Conversation { Id = number, BotId = _bot.Id, FreshchatId = $"c{number}", LastEventAt = at },
            delivery,
            new Message { ConversationId = number, DeliveryId = number, Author = Author.Customer, Text = "¿Hola?", CreatedAt = at },
        ];
    }
}
