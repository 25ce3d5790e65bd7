using Bunit;
using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Portal.Components.Bots;
using Portal.Components.Bots.Account;
using Portal.Components.Bots.Health;
using Support;

namespace Portal.Tests.Components;

/// <summary>The cards of a bot's page that ask the far sides: under way, refused, done, and for those who may not.</summary>
[Trait("Database", "both")]
public sealed class BotCardTests : LiveBotContext
{
    [Fact]
    public async Task A_token_that_is_refused_fails_at_the_step_that_ran_and_another_try_begins_anew()
    {
        await OpenAsync();
        var card = Show<TokenCard>(Admin);
        card.Find(ByTestId("new-token")).Input("not-the-token");
        card.Find("form").Submit();
        Answer(goAhead: true);
        card.WaitForElement("[data-testid=token-step][data-step=verify][data-state=failed]");
        Assert.Equal("token_refused", card.Find(ByTestId("field-error")).GetAttribute("data-code"));

        AssertNothingIsAsked();
        card.Find("form").Submit();
        Questions.WaitForElement(ByTestId("confirm"));
        Assert.Empty(card.FindAll(ByTestId("token-step")));
        Answer(goAhead: false);
        AssertNothingIsAsked();

        Assert.Empty(card.FindAll(ByTestId("token-step")));
    }

    [Fact]
    public async Task Without_a_token_nothing_is_tried()
    {
        await OpenAsync();
        var card = Show<TokenCard>(Admin);

        card.Find("form").Submit();

        Assert.Equal("required", card.Find(ByTestId("field-error")).GetAttribute("data-code"));
        Assert.Empty(card.FindAll(ByTestId("token-step")));
        AssertNothingIsAsked();
    }

    [Fact]
    public async Task A_token_that_is_accepted_goes_through_all_steps_and_cannot_be_changed_meanwhile()
    {
        await OpenAsync();
        var card = Show<TokenCard>(Admin);
        Assert.Equal("status", card.Find(ByTestId("token-progress")).GetAttribute("role"));
        using var gate = Hold(request => request.ToMammut);
        card.Find(ByTestId("new-token")).Input(Sides.Freshchat.Token);

        card.Find("form").Submit();
        Answer(goAhead: true);

        card.WaitForElement("[data-testid=token-step][data-step=tellmammut][data-state=now]");
        Assert.Null(card.Find("ol").GetAttribute("role"));
        Assert.True(card.Find(ByTestId("new-token")).HasAttribute("disabled"));
        gate.Set();
        card.WaitForElement("[data-testid=token-step][data-step=drain][data-state=done]");
        card.WaitForAssertion(() => Assert.False(card.Find(ByTestId("new-token")).HasAttribute("disabled")));
        Assert.Equal(1, (await ReadAsync()).Version - Bot.Version);
    }

    [Fact]
    public async Task A_check_is_asked_for_once_and_shows_what_was_found()
    {
        await OpenAsync();
        var card = Show<HealthCard>(Operator);
        Assert.Contains("have not been asked yet", card.Find(ByTestId("checked-at")).TextContent, StringComparison.Ordinal);
        Assert.NotNull(card.Find("[data-testid=health-check][data-check=token][data-state=notchecked]"));
        using var gate = Hold(request => !request.ToMammut);
        var before = Sides.Requests.Count;

        card.Find(ByTestId("check-now")).Click();
        card.Find(ByTestId("check-now")).Click();
        Assert.Contains("Checking", card.Find(ByTestId("check-now")).TextContent, StringComparison.Ordinal);
        gate.Set();

        card.WaitForAssertion(() => Assert.Contains("just now", card.Find(ByTestId("checked-at")).TextContent, StringComparison.Ordinal));
        Assert.Single(Sides.Requests.Skip(before), request => request.Path.EndsWith("/accounts/configuration", StringComparison.Ordinal));
        Assert.NotNull(card.Find("[data-testid=health-check][data-check=token][data-state=ok]"));
    }

    [Fact]
    public async Task A_check_that_could_not_be_made_says_why_and_who_may_not_is_not_offered_one()
    {
        await OpenAsync();
        Sides.Instead = request => request.ToMammut ? null : FarReply.Example(429, "error-429.json");
        var card = Show<HealthCard>(Operator);

        card.Find(ByTestId("check-now")).Click();

        card.WaitForAssertion(() => Assert.Equal("rate_limited", card.Find(ByTestId("field-error")).GetAttribute("data-code")));
        Assert.Empty(Show<HealthCard>(Viewer).FindAll(ByTestId("check-now")));
    }

    [Fact]
    public async Task A_draft_has_nothing_that_could_be_checked_and_no_token_to_speak_of()
    {
        await OpenAsync();
        var draft = Some.Bot("freshbot");

        var health = Show<HealthCard>(Admin, draft);

        Assert.Contains("Nothing has been checked yet.", health.Markup, StringComparison.Ordinal);
        Assert.Empty(health.Find(ByTestId("checked-at")).TextContent.Trim());
        Assert.Empty(health.FindAll(ByTestId("check-now")));
        Assert.Contains("Not set", Show<TokenCard>(Admin, draft).Find(ByTestId("token-card")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_all_sides_agree_differences_are_not_spoken_of()
    {
        await OpenAsync();

        Assert.Empty(Show<DriftCard>(Admin).FindAll("*"));
    }

    [Fact]
    public async Task A_token_that_expires_says_when()
    {
        await OpenAsync();
        var warning = new BotCheck("token", CheckState.Warning, "token_expires_soon") { Arguments = new Dictionary<string, string> { ["at"] = "2026-03-09T12:00:00.0000000+00:00" } };

        var card = Show<HealthCard>(Viewer, Bot with { Health = [warning] });

        Assert.Contains("expires soon. Monday, March 9, 2026. You can go on", card.Find("[data-check=token]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_is_settled_and_said_to_be()
    {
        var bot = await DriftedAsync();
        var card = Show<DriftCard>(Admin, bot);
        using var gate = Hold(request => request.ToMammut);

        card.Find(ByTestId("apply-again")).Click();
        card.WaitForAssertion(() => Assert.True(card.Find(ByTestId("adopt")).HasAttribute("disabled")));
        gate.Set();

        card.WaitForAssertion(() => Assert.Contains("All sides agree again", card.Find(ByTestId("drift-settled")).TextContent, StringComparison.Ordinal));
        Assert.Equal("freshbot", (string?)Sides.Mammut.Bots.Single()["name"]);
    }

    [Fact]
    public async Task A_difference_that_is_another_by_now_is_not_adopted()
    {
        var bot = await DriftedAsync();
        var card = Show<DriftCard>(Admin, bot);
        Sides.Mammut.Bots.Single()["name"] = "somebody else's";

        card.Find(ByTestId("adopt")).Click();

        card.WaitForAssertion(() => Assert.Equal("drift_changed", card.Find(ByTestId("field-error")).GetAttribute("data-code")));
        Assert.Equal("freshbot", (await ReadAsync()).Name);
        Assert.Empty(Show<DriftCard>(Operator, bot).FindAll("button"));
    }

    private async Task<BotView> DriftedAsync()
    {
        await OpenAsync();
        Sides.Mammut.Bots.Single()["name"] = "somebody's";
        var found = await Get<CheckBot>().HandleAsync(Operator, Bot.Id, CancellationToken.None);
        Assert.Equal("somebody's", found.Value!.Differences.Single().Theirs);
        return found.Value;
    }
}
