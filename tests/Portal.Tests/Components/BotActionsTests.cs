using Bunit;
using Core.Bots;
using Core.Security;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Components.Bots;
using Support;

namespace Portal.Tests.Components;

/// <summary>What can be done with a bot from the head of its page: asked once, done once, and only by those who may.</summary>
[Trait("Database", "both")]
public sealed class BotActionsTests : LiveBotContext
{
    [Theory]
    [InlineData(Role.Viewer, BotStatus.Live, "")]
    [InlineData(Role.Operator, BotStatus.Live, "pause")]
    [InlineData(Role.Operator, BotStatus.Paused, "resume")]
    [InlineData(Role.Admin, BotStatus.Live, "more-actions clone archive pause")]
    [InlineData(Role.Admin, BotStatus.Draft, "more-actions archive continue-draft")]
    [InlineData(Role.Admin, BotStatus.Archived, "more-actions clone")]
    public async Task Only_what_one_may_do_is_offered(Role role, BotStatus status, string offered)
    {
        await OpenAsync();

        var actions = Show<BotActions>(new("somebody", role), Bot with { Status = status });

        Assert.Equal(offered, string.Join(' ', actions.FindAll("[data-testid]").Select(button => button.GetAttribute("data-testid"))));
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("archive")]
    [InlineData("clone")]
    public async Task Two_presses_ask_one_question(string action)
    {
        await OpenAsync();
        var actions = Show<BotActions>(Admin);

        actions.Find(ByTestId(action)).Click();
        actions.Find(ByTestId(action)).Click();
        Questions.WaitForElement(ByTestId("confirm"));

        Assert.Single(Questions.FindAll(ByTestId("confirm")));
        Answer(goAhead: false);
        AssertNothingIsAsked();
        actions.Find(ByTestId(action)).Click();
        Answer(goAhead: false);
        AssertNothingIsAsked();
        Assert.Equal(BotStatus.Live, (await ReadAsync()).Status);
    }

    [Fact]
    public async Task A_bot_is_paused_after_the_question_and_resumed_without_one()
    {
        await OpenAsync();
        var actions = Show<BotActions>(Operator);

        actions.Find(ByTestId("pause")).Click();
        Assert.False(actions.Find(ByTestId("pause")).HasAttribute("disabled"));
        Answer(goAhead: true);
        actions.WaitForElement(ByTestId("resume")).Click();

        actions.WaitForElement(ByTestId("pause"));
        Assert.Equal(BotStatus.Live, (await ReadAsync()).Status);
    }

    [Fact]
    public async Task What_was_archived_is_said_to_be()
    {
        await OpenAsync();
        var actions = Show<BotActions>(Admin);

        actions.Find(ByTestId("archive")).Click();
        Answer(goAhead: true);

        await Eventually.BecomesAsync(ReadAsync, bot => bot.Status is BotStatus.Archived, "the bot is archived");
        await Eventually.BecomesAsync(() => Services.GetRequiredService<ISnackbar>().ShownSnackbars.Any(), "a word about it");
        Assert.StartsWith("freshbot was archived.", Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clone_is_gone_on_with_in_the_set_up()
    {
        await OpenAsync();
        var actions = Show<BotActions>(Admin);

        actions.Find(ByTestId("clone")).Click();
        Answer(goAhead: true);

        await AtAsync("/connect");
        Assert.DoesNotContain(Bot.Id.ToString(), Navigation.Uri, StringComparison.Ordinal);
    }
}
