using Bunit;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Turns;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;

namespace Portal.Tests.Components;

/// <summary>The last step in each of its states, and what the steps before it add to their lists.</summary>
public sealed class ProofStepTests : WizardSteps
{
    [Fact]
    public void Before_it_begins_it_says_who_is_answered_meanwhile()
    {
        var step = Render<ProofStep>(p => p.Add(s => s.Draft, Draft()));

        Assert.Contains("one conversation only", step.Find(ByTestId("proof-means")).TextContent, StringComparison.Ordinal);
        Assert.Equal(6, step.FindAll("[data-state=waiting]").Count);
    }

    [Fact]
    public void While_nothing_arrives_it_says_what_to_do_and_the_sandbox_can_write()
    {
        var wrote = 0;
        var step = Render<ProofStep>(p => p.Add(s => s.Draft, Draft()).Add(s => s.Proof, Proof(null)).Add(s => s.InSandbox, true).Add(s => s.Write, () => wrote++));
        Assert.Equal("Waiting", step.Find(ByTestId("proof-state")).GetAttribute("data-state"));

        step.Find(ByTestId("write-as-customer")).Click();

        Assert.Equal(1, wrote);
        Assert.Empty(Render<ProofStep>(p => p.Add(s => s.Draft, Draft()).Add(s => s.Proof, Proof(null))).FindAll(ByTestId("write-as-customer")));
    }

    [Fact]
    public void A_passed_station_shows_its_time_and_the_whole_way_is_proved()
    {
        var step = Render<ProofStep>(p => p.Add(s => s.Draft, Draft()).Add(s => s.Proof, Proof("m-1")));

        Assert.Equal("Proved", step.Find(ByTestId("proof-state")).GetAttribute("data-state"));
        Assert.Contains("120 ms", step.Find(ByTestId("station-webhook")).TextContent, StringComparison.Ordinal);
        Assert.Contains("Hola, soy el bot", step.Find(ByTestId("proof-talk")).TextContent, StringComparison.Ordinal);
        Assert.Contains("every customer", step.Find(ByTestId("live-means")).TextContent, StringComparison.Ordinal);
        Assert.Empty(step.FindAll(ByTestId("pause")));
    }

    [Theory]
    [InlineData(ProofStop.Webhook, "signature_mismatch", "signed with another key")]
    [InlineData(ProofStop.Mammut, "bot_silent", "gave no answer in time")]
    [InlineData(ProofStop.Freshchat, "proof_reply_missing", "has not appeared in the conversation")]
    public void A_failed_station_says_why_and_what_can_be_done(ProofStop at, string code, string says)
    {
        var step = Render<ProofStep>(p => p.Add(s => s.Draft, Draft()).Add(s => s.Proof, Proof("m-1", at, code)));

        Assert.Equal((code, "failed"), (step.Find($"[data-testid='station-{at.ToString().ToLowerInvariant()}']").GetAttribute("data-code"), step.Find($"[data-testid='station-{at.ToString().ToLowerInvariant()}']").GetAttribute("data-state")));
        Assert.Contains(says, step.Find(ByTestId("proof-state")).TextContent, StringComparison.Ordinal);
        Assert.NotNull(step.Find(ByTestId("prove-again")));
        Assert.Empty(step.FindAll(ByTestId("pause")));
        Assert.Equal(at is ProofStop.Freshchat ? 1 : 0, step.FindAll(ByTestId("look-again")).Count);
    }

    [Fact]
    public void An_id_of_an_agent_may_be_typed_and_is_compared_at_once()
    {
        var draft = Draft();
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("agent-id")).Input("nobody");
        Assert.Equal("agent_not_found", step.Find(ByTestId("field-error")).GetAttribute("data-code"));

        step.Find(ByTestId("agent-id")).Input("a-gone");
        Assert.Equal("agent_deactivated", step.Find(ByTestId("field-error")).GetAttribute("data-code"));

        step.Find(ByTestId("agent-id")).Input("a-bot");
        Assert.Empty(step.FindAll(ByTestId("field-error")));
        Assert.True(step.Find(ByTestId("agent-a-bot")).HasAttribute("checked"));
    }

    [Fact]
    public void Enter_in_the_search_takes_the_only_agent_left()
    {
        var draft = Draft();
        var step = Render<AgentStep>(p => p.Add(s => s.Draft, draft));
        step.Find(ByTestId("search-agents")).Input("comida");

        step.Find(ByTestId("search-agents")).KeyDown("Enter");

        Assert.Equal("a-bot", draft.Settings.Freshchat.AgentId);
    }

    [Fact]
    public void A_bot_that_was_read_back_is_shown_beside_what_will_be_sent()
    {
        var draft = Draft("a-bot");
        draft.Join(existing: true);
        draft.TypeMammutId("730114");
        draft.Existing = new MammutBotView(730114, "freshbot", "a-old", "app-old", "Old group");

        var step = Render<BotStep>(p => p.Add(s => s.Draft, draft).Add(s => s.Request, Preview(draft)));

        Assert.Contains("freshbot", step.Find(ByTestId("bot-read-back")).TextContent, StringComparison.Ordinal);
        Assert.Contains("app-old", step.Find(ByTestId("read-back-elsewhere")).TextContent, StringComparison.Ordinal);
        var sent = step.Find(ByTestId("sent-to-mammut")).TextContent;
        Assert.Contains("Old group", sent, StringComparison.Ordinal);
        Assert.Contains("graph/user:730114", sent, StringComparison.Ordinal);
        Assert.DoesNotContain("user-type", sent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_way_to_the_webhook_is_drawn_for_new_and_old_screens()
    {
        var drawing = Render<WebhookDrawing>();
        Assert.Contains("Conversation Webhooks", drawing.Find("svg").TextContent, StringComparison.Ordinal);

        drawing.Find(ByTestId("drawing-old")).Click();

        Assert.DoesNotContain("Conversation Webhooks", drawing.Find("svg").TextContent, StringComparison.Ordinal);
    }

    private static ProofView Proof(string? message, ProofStop? failedAt = null, string? code = null) =>
        new(
            DateTimeOffset.UnixEpoch,
            [
                .. Enum.GetValues<ProofStop>()
                    .Select(stop => new ProofStation(
                        stop,
                        message is null || stop > failedAt ? StationState.Waiting
                            : stop == failedAt ? StationState.Failed
                            : StationState.Passed,
                        stop is ProofStop.Webhook && failedAt is null && message is not null ? 120 : null
                    )
                    {
                        Code = stop == failedAt ? code : null,
                    }),
            ],
            message,
            null,
            message is null ? null : "Hola",
            message is null || failedAt is not null ? null : "Hola, soy el bot"
        );
}
