using Bunit;
using Core.Bots;
using Core.Bots.Listing;
using Core.Outcomes;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;

namespace Portal.Tests.Components;
public sealed class WizardStepTests : WizardSteps
{
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
    public void Where_groups_refuse_the_agent_another_one_is_offered()
    {
        var back = 0;
        var step = Render<GroupStep>(p => p.Add(s => s.Draft, Draft("a-assigned")).Add(s => s.BackToAgent, () => back++));
        Assert.Contains("The bot’s agent, Lucía Ferrer, belongs to", step.Find(ByTestId("other-agent")).TextContent, StringComparison.Ordinal);

        step.Find(ByTestId("back-to-agent")).Click();

        Assert.Equal(1, back);
        Assert.Empty(Render<GroupStep>(p => p.Add(s => s.Draft, Draft("a-nobody"))).FindAll(ByTestId("other-agent")));
    }

    [Fact]
    public void That_no_agent_is_chosen_is_said_at_the_list()
    {
        var draft = Draft(problem: BotErrors.Required("agentId"));
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, draft));
        Assert.Equal("required", step.Find($"fieldset {ByTestId("field-error")}").GetAttribute("data-code"));
        Assert.Null(step.Find(ByTestId("agent-id")).GetAttribute("aria-invalid"));

        step.Find(ByTestId("agent-id")).Input("lucia");

        Assert.Empty(step.FindAll($"fieldset {ByTestId("field-error")}"));
        Assert.Contains("search by name or e-mail in the list above", step.Find(ByTestId("search-instead")).TextContent, StringComparison.Ordinal);
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

        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft).Add(s => s.Request, Preview(draft)));

        var sent = step.Find(ByTestId("sent-to-mammut")).TextContent;
        Assert.Contains("machine", sent, StringComparison.Ordinal);
        Assert.Contains("freshbot", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("freshchat-group-name", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", step.Markup, StringComparison.Ordinal);
        Assert.Contains("…oken", sent, StringComparison.Ordinal);
        Assert.Equal("POST https://mammut.test/app:mammut-1/graph/user", step.Find(ByTestId("sent-line")).TextContent);
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
    public void Unfinished_drafts_without_a_name_are_told_apart_by_when_they_were_begun_and_for_whom()
    {
        BotSummary[] drafts =
        [
            Some.Summary("", BotStatus.Draft) with { CreatedAt = Clock.GetUtcNow().AddMinutes(-7) },
            Some.Summary("", BotStatus.Draft) with { CreatedAt = Clock.GetUtcNow().AddHours(-2), AgentName = "Bot Comida" },
        ];

        var list = Render<UnfinishedDrafts>(p => p.Add(u => u.Drafts, drafts));

        Assert.Equal(["Begun 7 min ago", "Begun 2 h ago · Bot Comida"], list.FindAll(ByTestId("draft-begun")).Select(begun => begun.TextContent));
    }

    [Fact]
    public void An_unfinished_draft_resumes_where_it_was_left()
    {
        Assert.Equal(WizardStep.Freshchat, new WizardDraft().FirstOpen);
        Assert.Equal(WizardStep.Agent, WizardDraft.From(Some.Bot(hint: "…8R0w")).FirstOpen);
        Assert.Equal(WizardStep.Group, WizardDraft.From(Some.Bot(hint: "…8R0w", agent: "a-bot")).FirstOpen);
    }
}
