using Bunit;
using Core.Bots;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;
using Support;

namespace Portal.Tests.Components;

/// <summary>What keeps somebody who does it for the first time from stopping to think.</summary>
public sealed class WizardDetailTests : WizardSteps
{
    [Theory]
    [InlineData("es", "Paso 2 de 7: Agente")]
    [InlineData("en", "Step 2 of 7: Agent")]
    public void Where_one_stands_is_counted(string language, string said)
    {
        Read(language);

        var steps = Render<Portal.Components.ConnectWizard.WizardSteps>(p => p.Add(s => s.Draft, Draft()).Add(s => s.Current, WizardStep.Agent));

        Assert.Equal(said, steps.Find(ByTestId("step-count")).TextContent);
    }

    [Fact]
    public void What_the_first_step_needs_is_marked_before_it_is_left()
    {
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, new WizardDraft()));

        Assert.Equal(["chat-url", "api-token"], step.FindAll("[aria-required=true]").Select(field => field.GetAttribute("data-testid")));
        Assert.Equal(2, step.FindAll(".field-head").Count(head => head.TextContent.Contains("required", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_accepted_key_is_shown_by_fingerprint_and_size_until_another_is_wanted()
    {
        using var key = new SigningKey();
        var draft = WizardDraft.From(Some.Bot());
        var step = Render<WebhookStep>(p => p.Add(s => s.Draft, draft).Add(s => s.SaveKey, () => Store(draft)));

        step.Find(ByTestId("public-key")).Input(key.PublicPem);
        Assert.Empty(step.FindAll(ByTestId("public-key")));
        Assert.Contains("2048", step.Find(ByTestId("key-accepted")).TextContent, StringComparison.Ordinal);

        step.Find(ByTestId("replace-key")).Click();
        Assert.Equal("", step.Find(ByTestId("public-key")).TextContent);
        Assert.NotNull(step.Find(ByTestId("key-accepted")));
    }

    [Fact]
    public void While_another_key_is_refused_the_one_before_is_said_to_stay_until_replacing_is_given_up()
    {
        var draft = WizardDraft.From(Some.Bot());
        Store(draft);
        var step = Render<WebhookStep>(p => p.Add(s => s.Draft, draft).Add(s => s.DropKey, () => (draft.KeyText, draft.Problem) = (null, null)));
        step.Find(ByTestId("replace-key")).Click();
        step.Find(ByTestId("public-key")).Input("half a key");
        draft.Problem = new("public_key_unreadable", "publicKeys");
        step.Render();
        Assert.Empty(step.FindAll(ByTestId("key-accepted")));
        Assert.Equal("ab12cd34", step.Find(ByTestId("key-stays")).GetAttribute("data-fingerprint"));
        Assert.Contains("The key before stays in use", step.Markup, StringComparison.Ordinal);

        step.Find(ByTestId("cancel-replace")).Click();

        Assert.Empty(step.FindAll(ByTestId("public-key")));
        Assert.NotNull(step.Find(ByTestId("key-accepted")));
    }

    [Fact]
    public void What_a_context_is_and_where_it_stands_is_said_before_one_is_asked_for() =>
        Assert.Contains("for example “comida”", Render<SitesStep>(p => p.Add(s => s.Draft, Draft())).Find(ByTestId("context-means")).TextContent, StringComparison.Ordinal);

    [Theory]
    [InlineData(WizardStep.Freshchat, "prepare its successor")]
    [InlineData(WizardStep.Webhook, "takes the customers’ messages away from “the first”")]
    public void What_a_second_bot_of_an_account_comes_to_depends_on_the_step(WizardStep step, string said)
    {
        var notice = Render<TakenAccount>(p => p.Add(t => t.Holder, new(Guid.NewGuid(), "the first")).Add(t => t.Step, step));

        Assert.Contains(said, notice.Find(ByTestId("account-taken")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_customer_is_told_is_offered_where_it_is_decided_who_takes_over()
    {
        var draft = Draft("a-bot");
        var step = Render<GroupStep>(p => p.Add(s => s.Draft, draft));
        Assert.Empty(step.FindAll(ByTestId("told-at-hand-over")));

        step.Find(ByTestId("group-g-support")).Change(true);
        step.Find(ByTestId("edit-hand-over-es")).Input("Le atiende una persona.");

        Assert.Equal("Le atiende una persona.", draft.Settings.Messages?.HandOver.Es);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public void After_going_live_it_is_said_what_happens_now_and_where_to_go_on(bool proved, int offered)
    {
        var bot = Some.Bot("freshbot", status: BotStatus.Live);
        bot = bot with { Freshchat = bot.Freshchat with { GroupName = "Support team" } };

        var page = Render<WentLive>(p => p.Add(w => w.Bot, bot).Add(w => w.Proved, proved));

        Assert.Equal("live", page.Find(ByTestId("bot-status")).GetAttribute("data-state"));
        Assert.Contains("every customer", page.Markup, StringComparison.Ordinal);
        Assert.Contains("“Support team”", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Find(ByTestId("went-live-no-event")));
        Assert.Equal($"/bots/{bot.Id}", page.Find(ByTestId("finish")).GetAttribute("href"));
        Assert.Equal($"/bots/{bot.Id}/conversations", page.Find(ByTestId("see-conversations")).GetAttribute("href"));
        Assert.Equal("/bots/new", page.Find(ByTestId("connect-another")).GetAttribute("href"));
        Assert.Equal(offered, page.FindAll(ByTestId("prove-now")).Count);
    }

    [Theory]
    [InlineData(WizardStep.Freshchat, true, "/sandbox/admin?lang=en#api-h")]
    [InlineData(WizardStep.Webhook, true, "/sandbox/admin?lang=en#hook-h")]
    [InlineData(WizardStep.Proof, true, "/sandbox?lang=en")]
    [InlineData(WizardStep.Bot, true, "/sandbox/admin?lang=en#bots-h")]
    [InlineData(WizardStep.Sites, true, "/sandbox?lang=en")]
    [InlineData(WizardStep.Bot, false, null)]
    [InlineData(WizardStep.Freshchat, false, null)]
    public void The_help_leads_to_the_sandbox_where_there_is_one(WizardStep step, bool sandbox, string? href)
    {
        var help = Render<WizardHelp>(p => p.Add(h => h.Step, step).Add(h => h.InSandbox, sandbox));

        Assert.Equal(href, help.FindAll(ByTestId("sandbox-place")).SingleOrDefault()?.GetAttribute("href"));
    }

    private static void Store(WizardDraft draft)
    {
        draft.KeyText = null;
        draft.Saved = Some.Bot() with { Freshchat = Some.Bot().Freshchat with { PublicKeys = [new("ab12cd34", 2048, DateTimeOffset.UnixEpoch)] } };
    }
}
