using Bunit;
using Core.Bots.Listing;
using Core.Security;
using Core.Webhooks;
using Portal.Components.Deliveries;

namespace Portal.Tests.Components;

public sealed class ReplayButtonTests : PageContext
{
    private readonly TaskCompletionSource _done = new();
    private int _asked;

    [Theory]
    [InlineData("en", "Try again")]
    [InlineData("es", "Reintentar")]
    public void What_was_given_up_can_be_tried_again(string language, string text)
    {
        Read(language);

        var button = Show(Role.Operator).Find(ByTestId("replay"));

        Assert.Equal(("BUTTON", text), (button.TagName, button.TextContent.Trim()));
    }

    [Theory]
    [InlineData(Role.Viewer, true)]
    [InlineData(Role.Admin, false)]
    public void It_is_offered_only_to_who_may_and_where_it_helps(Role role, bool mayReplay) =>
        Assert.Empty(Show(role, mayReplay).FindAll(ByTestId("replay")));

    [Fact]
    public void A_second_click_asks_for_nothing_more()
    {
        var shown = Show(Role.Operator);

        shown.Find(ByTestId("replay")).Click();
        shown.Find(ByTestId("replay")).Click();

        Assert.Equal(1, _asked);
        Assert.True(shown.Find(ByTestId("replay")).HasAttribute("disabled"));
        _done.SetResult();
        shown.WaitForAssertion(() => Assert.False(shown.Find(ByTestId("replay")).HasAttribute("disabled")));
    }

    private IRenderedComponent<ReplayButton> Show(Role role, bool mayReplay = true) =>
        Render<ReplayButton>(p =>
            p.Add(b => b.Delivery, Dead(mayReplay))
                .Add(b => b.Actor, new Actor("olga", role))
                .Add(
                    b => b.OnTryAgain,
                    () =>
                    {
                        _asked++;
                        return _done.Task;
                    }
                )
        );

    private DeliveryView Dead(bool mayReplay) =>
        new()
        {
            Id = "7",
            BotId = Guid.NewGuid(),
            BotName = "freshbot",
            Action = "message_create",
            ReceivedAt = Clock.GetUtcNow(),
            EventTime = Clock.GetUtcNow(),
            RetryCount = 0,
            Duplicates = 0,
            Status = DeliveryStatus.Dead,
            Reason = Reasons.HandOverFailed,
            MayReplay = mayReplay,
        };
}
