using Bunit;
using Core.Bots;
using Core.Webhooks;
using Portal.Components.Bots;
using Portal.Components.Conversations;
using Portal.Components.Deliveries;

namespace Portal.Tests.Components;

/// <summary>Where something stands is said in words for each state, never by a colour or a sign alone.</summary>
public sealed class BadgeTests : PageContext
{
    [Theory]
    [InlineData(BotStatus.Draft, false, "Draft")]
    [InlineData(BotStatus.Live, false, "Live")]
    [InlineData(BotStatus.Live, true, "Live, needs attention")]
    [InlineData(BotStatus.Paused, false, "Paused")]
    [InlineData(BotStatus.Paused, true, "Paused")]
    [InlineData(BotStatus.Archived, true, "Archived")]
    public void Attention_is_asked_for_a_bot_that_answers(BotStatus status, bool attention, string said) =>
        Assert.Equal(said, Render<BotStatusBadge>(p => p.Add(b => b.Status, status).Add(b => b.Attention, attention)).Find(ByTestId("bot-status")).TextContent.Trim());

    [Theory]
    [InlineData(DeliveryStatus.Received, "Received", "received")]
    [InlineData(DeliveryStatus.Waiting, "Waiting", "waiting")]
    [InlineData(DeliveryStatus.Handled, "Handled", "handled")]
    [InlineData(DeliveryStatus.Ignored, "Ignored", "ignored")]
    [InlineData(DeliveryStatus.Dead, "Given up", "dead")]
    public void A_delivery_says_what_became_of_it(DeliveryStatus status, string said, string name)
    {
        var badge = Render<DeliveryStatusBadge>(p => p.Add(d => d.Status, status)).Find(ByTestId("delivery-status"));

        Assert.Equal((said, name), (badge.TextContent.Trim(), badge.GetAttribute("data-status")));
    }

    [Theory]
    [InlineData(SilenceCause.QuietWindow, null, "Waiting in case the customer writes on")]
    [InlineData(SilenceCause.BehindTurn, null, "Waiting for the turn before it")]
    [InlineData(SilenceCause.Answering, null, "Being answered")]
    [InlineData(SilenceCause.HandingOver, null, "Being handed over to people")]
    [InlineData(SilenceCause.Held, null, "Held: Freshchat refuses the API token")]
    [InlineData(SilenceCause.Blocked, null, "Waiting behind a delivery that was given up")]
    [InlineData(SilenceCause.GivenUp, "hand_over_failed", "Given up: Not even the hand-over worked")]
    [InlineData(SilenceCause.NoAnswer, "people_own", "Not answered by the bot: People are answering this conversation")]
    public void A_message_without_an_answer_says_why_and_leads_to_its_delivery(SilenceCause cause, string? reason, string said)
    {
        var line = Render<SilenceLine>(p => p.Add(s => s.Silence, new Silence(cause, reason, "7"))).Find("a");

        Assert.Equal((said, "/deliveries/7"), (line.TextContent, line.GetAttribute("href")));
    }
}
