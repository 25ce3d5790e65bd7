using Bunit;
using Core.Bots;
using Core.Outcomes;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;

namespace Portal.Tests.Components;
/// <summary>What the wizard says about values that cannot be right, before anything is called.</summary>
public sealed class WizardFaultTests : WizardSteps
{
    [Theory]
    [InlineData("", "mammut_id_required")]
    [InlineData("abc", "mammut_id_invalid")]
    [InlineData("-5", "mammut_id_invalid")]
    [InlineData("7.5", "mammut_id_invalid")]
    [InlineData("0", "mammut_id_invalid")]
    [InlineData(" 730114 ", null)]
    public void An_existing_bot_needs_an_id_that_can_be_read(string typed, string? code)
    {
        var draft = Draft("a-bot");
        draft.Join(existing: true);

        draft.TypeMammutId(typed);

        Assert.Equal(code, draft.MammutIdFault?.Code);
    }

    [Fact]
    public void Choosing_a_new_bot_drops_an_id_that_was_only_typed()
    {
        var draft = Draft("a-bot");
        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft));
        step.Find(ByTestId("bot-existing")).Change(true);
        step.Find(ByTestId("mammut-id")).Input("730114");

        step.Find(ByTestId("bot-new")).Change(true);

        Assert.Null(draft.Settings.Mammut.MammutId);
        Assert.Null(draft.MammutIdFault);
    }

    [Fact]
    public void A_bot_that_Mammut_has_confirmed_is_named_instead_of_a_choice()
    {
        var draft = WizardDraft.From(Some.Bot("freshbot") with { Mammut = new() { MammutId = 730114 } });
        draft.Join(existing: false);
        draft.Keep(Some.Bot("freshbot") with { Mammut = new() { MammutId = 730114 } });

        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft));

        Assert.Contains("already exists in Mammut: 730114", step.Find(ByTestId("bot-exists")).TextContent, StringComparison.Ordinal);
        Assert.Empty(step.FindAll(ByTestId("bot-new")));
        Assert.Equal(730114, draft.Settings.Mammut.MammutId);
    }

    [Fact]
    public void An_unclear_create_is_said_once()
    {
        var step = Render<BotStep>(p => p.Add(s => s.Draft, Draft("a-bot", new Error("mammut_create_unclear", "mammutId"))));

        Assert.NotNull(step.Find(ByTestId("create-unclear")));
        Assert.Empty(step.FindAll(ByTestId("field-error")));
    }

    [Fact]
    public void Nobody_is_assumed_to_want_no_group()
    {
        var draft = Draft("a-bot");
        var step = Render<GroupStep>(p => p.Add(s => s.Draft, draft));
        Assert.Empty(step.FindAll("input[checked]"));

        step.Find(ByTestId("group-none")).Change(true);

        Assert.True(step.Find(ByTestId("group-none")).HasAttribute("checked"));
        Assert.True(WizardDraft.From(Some.Bot("freshbot", hint: "…8R0w", agent: "a-bot") with { Mammut = new() { MammutId = 730114 } }).NoGroup);
    }

    [Theory]
    [InlineData("6f0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d", null)]
    [InlineData("0b0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d", "app_id_mismatch")]
    [InlineData("hello", "app_id_malformed")]
    public void An_App_id_is_compared_as_soon_as_the_account_has_named_its_own(string typed, string? code)
    {
        var draft = Draft();
        draft.Probe = Account with { AppId = "6f0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d" };
        draft.Settings.Freshchat.AppId = typed;

        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        Assert.Equal(code, step.FindAll(ByTestId("field-error")).SingleOrDefault()?.GetAttribute("data-code"));
        Assert.Equal(code is null, step.FindAll(ByTestId("account-found")).Count == 1);
    }

    [Fact]
    public void The_App_id_that_the_account_reports_is_named_and_taken_with_one_press()
    {
        var draft = Draft(problem: new Error("app_id_mismatch", "appId").With("found", "app-1"));
        draft.Probe = null;
        draft.Settings.Freshchat.AppId = "app-2";
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));
        Assert.Equal("app-1", step.Find(ByTestId("reported-app-id")).TextContent);

        step.Find(ByTestId("use-app-id")).Click();

        Assert.Equal("app-1", draft.Settings.Freshchat.AppId);
        Assert.Empty(step.FindAll(ByTestId("field-error")));
    }

    [Fact]
    public void A_missing_https_is_added_with_one_press()
    {
        var draft = Draft(problem: new Error("chat_url_scheme_missing", "chatUrl"));
        draft.Settings.Freshchat.ChatUrl = " acme.freshchat.com/v2";
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("add-scheme")).Click();

        Assert.Equal("https://acme.freshchat.com/v2", draft.Settings.Freshchat.ChatUrl);
        Assert.Empty(step.FindAll(ByTestId("add-scheme")));
    }

    [Theory]
    [InlineData("not_found", "https://acme.freshchat.com/v2", "chat_url_wrong")]
    [InlineData("not_json", "https://acme.freshchat.com", "chat_url_wrong")]
    [InlineData("not_json", "https://acme.freshchat.com/v2", "not_json")]
    [InlineData("host_unknown", "https://acme.freshchat.com", "host_unknown")]
    public void A_Chat_URL_that_leads_to_nothing_is_said_to_be_one(string refused, string url, string said)
    {
        var draft = Draft();
        draft.Settings.Freshchat.ChatUrl = url;

        Assert.Equal(said, draft.AtAccount(new Error(refused, "chatUrl"))?.Code);
    }

    [Fact]
    public void Going_on_without_an_event_is_spoken_of_only_once_there_is_a_key()
    {
        var draft = WizardDraft.From(Some.Bot());
        var step = Render<WebhookStep>(p => p.Add(s => s.Draft, draft));
        Assert.Empty(step.FindAll(ByTestId("next-without-event")));

        draft.Saved = Some.Bot() with { Freshchat = Some.Bot().Freshchat with { PublicKeys = [new("ab12", 2048, Clock.GetUtcNow())] } };
        step.Render();

        Assert.NotNull(step.Find(ByTestId("next-without-event")));
    }

    [Fact]
    public void An_agent_that_looks_like_a_person_is_allowed_with_a_warning()
    {
        var own = Account with { Agents = [Bot with { Id = "a-own" }, Bot with { Id = "a-admin", RoleName = "Account Admin" }, Assigned] };
        var draft = Draft("a-own");
        draft.Probe = own;
        Assert.Empty(Render<AgentStep>(p => p.Add(s => s.Draft, draft)).FindAll(ByTestId("person-warning")));

        foreach (var person in new[] { "a-admin", "a-assigned" })
        {
            draft.Settings.Freshchat.AgentId = person;
            Assert.NotNull(Render<AgentStep>(p => p.Add(s => s.Draft, draft)).Find(ByTestId("person-warning")));
        }
    }
}
