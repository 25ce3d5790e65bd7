using Bunit;
using Core.Bots;
using Core.Outcomes;
using Portal.Components.ConnectWizard;

namespace Portal.Tests.Components;

public sealed class WizardStepTests : PageContext
{
    private static readonly AgentView Bot = new("a-bot", "Bot Comida", "bot@acme.test", "Agent", null, Deactivated: false, IntelliAssign: false);
    private static readonly AgentView Assigned = Bot with { Id = "a-assigned", Name = "Lucía Ferrer", IntelliAssign = true };
    private static readonly AgentView Gone = Bot with { Id = "a-gone", Name = "Marta Antigua", Deactivated = true };

    private static readonly FreshchatProbe Account = new(
        "app-1",
        "acme.freshchat.com",
        [Bot, Assigned, Gone],
        [
            new("g-support", "Support team", null, ["a-assigned"]),
            new("g-late-1", "Late shift", "Madrid", []),
            new("g-late-2", "Late shift", "Lima", []),
            new("g-bots", "Self service", null, ["a-bot"]),
        ],
        [new("t-food", "Food", "es", Enabled: true)]
    );

    private static WizardDraft Draft(string? agent = null, Error? problem = null)
    {
        var draft = new WizardDraft { Probe = Account, Problem = problem };
        draft.Settings.Freshchat.AgentId = agent;
        return draft;
    }

    [Fact]
    public void Choosing_an_agent_writes_it_into_the_draft()
    {
        var draft = Draft();
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("agent-a-bot")).Change(true);

        Assert.Equal("a-bot", draft.Settings.Freshchat.AgentId);
    }

    [Fact]
    public void A_deactivated_agent_cannot_be_chosen_and_says_why()
    {
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, Draft()));

        Assert.True(step.Find(ByTestId("agent-a-gone")).HasAttribute("disabled"));
        Assert.Contains("Deactivated in Freshchat", step.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agent_in_IntelliAssign_is_allowed_with_a_warning()
    {
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, Draft("a-assigned")));

        Assert.NotNull(step.Find(ByTestId("intelliassign-warning")));
    }

    [Fact]
    public void Agents_are_found_by_a_part_of_name_or_mail()
    {
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, Draft()));

        step.Find(ByTestId("search-agents")).Input("ferrer");

        Assert.Empty(step.FindAll(ByTestId("agent-a-bot")));
        Assert.NotEmpty(step.FindAll(ByTestId("agent-a-assigned")));
    }

    [Fact]
    public void Groups_of_the_same_name_and_the_bot_s_own_are_refused_with_the_reason()
    {
        var step = Render<GroupStep>(p => p.Add(s => s.Draft, Draft("a-bot")));

        Assert.Equal(
            ["group_ambiguous", "group_ambiguous", "group_contains_bot"],
            step.FindAll(ByTestId("group-refused")).Select(e => e.GetAttribute("data-code")!).Order()
        );
        Assert.All(["group-g-late-1", "group-g-late-2", "group-g-bots"], id => Assert.True(step.Find(ByTestId(id)).HasAttribute("disabled")));
        Assert.False(step.Find(ByTestId("group-g-support")).HasAttribute("disabled"));
    }

    [Fact]
    public void No_group_is_a_choice_that_says_what_happens_then()
    {
        var draft = Draft("a-bot");
        draft.Settings.Freshchat.GroupName = "Support team";
        var step = Render<GroupStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("group-none")).Change(true);

        Assert.Null(draft.Settings.Freshchat.GroupName);
        Assert.Contains("Nothing is handed over", step.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_sent_to_Mammut_is_shown_without_the_token()
    {
        var draft = Draft("a-bot");
        draft.Settings.Name = "freshbot";
        draft.Settings.Freshchat.ApiToken = "eyJ-a-very-secret-token";

        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft));

        var sent = step.Find(ByTestId("sent-to-mammut")).TextContent;
        Assert.Contains("machine", sent, StringComparison.Ordinal);
        Assert.Contains("freshbot", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("freshchat-group-name", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", step.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_lost_answer_the_id_is_asked_for_before_a_second_create_is_offered()
    {
        var again = 0;
        var step = Render<BotStep>(p => p.Add(s => s.Draft, Draft("a-bot", new Error("mammut_create_unclear"))).Add(s => s.CreateAgain, () => again++));
        Assert.NotNull(step.Find(ByTestId("create-unclear")));
        Assert.NotNull(step.Find(ByTestId("mammut-id")));
        Assert.Empty(step.FindAll(ByTestId("create-again")));

        step.Find(ByTestId("looked")).Change(true);
        step.Find(ByTestId("create-again")).Click();

        Assert.Equal(1, again);
    }

    [Fact]
    public void A_Mammut_id_is_a_number()
    {
        var draft = Draft("a-bot");
        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft));
        step.Find(ByTestId("bot-existing")).Change(true);

        step.Find(ByTestId("mammut-id")).Input("73x");
        Assert.Equal("mammut_id_invalid", step.Find(ByTestId("field-error")).GetAttribute("data-code"));

        step.Find(ByTestId("mammut-id")).Input("730114");
        Assert.Empty(step.FindAll(ByTestId("field-error")));
        Assert.Equal(730114, draft.Settings.Mammut.MammutId);
    }

    [Fact]
    public void A_saved_token_is_never_drawn_again()
    {
        var draft = Draft();
        draft.Keep(Some.Bot(hint: "…8R0w"));

        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        Assert.Empty(step.FindAll(ByTestId("api-token")));
        Assert.Contains("…8R0w", step.Find(ByTestId("token-saved")).TextContent, StringComparison.Ordinal);

        step.Find(ByTestId("replace-token")).Click();
        Assert.Equal("", step.Find(ByTestId("api-token")).GetAttribute("value") ?? "");
    }

    [Fact]
    public void The_first_event_turns_the_waiting_line()
    {
        var waiting = Render<FirstEvent>(p => p.Add(e => e.Bot, Some.Bot()));
        Assert.Equal("waiting", waiting.Find(ByTestId("first-event-state")).GetAttribute("data-state"));

        waiting.Render(p => p.Add(e => e.Bot, Some.Bot() with { FirstEventAt = Clock.GetUtcNow() }));

        Assert.Equal("received", waiting.Find(ByTestId("first-event-state")).GetAttribute("data-state"));
    }

    [Fact]
    public void A_refused_webhook_is_shown_with_its_cause_while_waiting()
    {
        var bot = Some.Bot() with { Rejected = [new("signature_mismatch", 3, Clock.GetUtcNow())] };

        var waiting = Render<FirstEvent>(p => p.Add(e => e.Bot, bot));

        Assert.Contains("signed with another key", waiting.Find(ByTestId("rejected")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unfinished_draft_resumes_where_it_was_left()
    {
        Assert.Equal(WizardStep.Freshchat, new WizardDraft().FirstOpen);
        Assert.Equal(WizardStep.Agent, WizardDraft.From(Some.Bot(hint: "…8R0w")).FirstOpen);
        Assert.Equal(WizardStep.Group, WizardDraft.From(Some.Bot(hint: "…8R0w", agent: "a-bot")).FirstOpen);
    }

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
        Assert.True(WizardDraft.From(Some.Bot("freshbot", hint: "…8R0w", agent: "a-bot")).NoGroup);
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
    public void Going_live_is_announced_only_once_there_is_a_key()
    {
        var draft = WizardDraft.From(Some.Bot());
        var step = Render<WebhookStep>(p => p.Add(s => s.Draft, draft));
        Assert.Empty(step.FindAll(ByTestId("live-without-event")));

        draft.Saved = Some.Bot() with { Freshchat = Some.Bot().Freshchat with { PublicKeys = [new("ab12", 2048, Clock.GetUtcNow())] } };
        step.Render();

        Assert.NotNull(step.Find(ByTestId("live-without-event")));
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
