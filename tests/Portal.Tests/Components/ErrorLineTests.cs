using Bunit;
using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Turns;
using Core.Webhooks;
using Microsoft.AspNetCore.Components;
using Portal.Components.Bots;
using Portal.Components.Bots.Health;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;
using Portal.Components.Conversations;
using Portal.Components.Deliveries;
using Portal.Components.Errors;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

/// <summary>Wherever a code appears, its cause is said and its help is one press away.</summary>
public sealed class ErrorLineTests : WizardSteps
{
    [Fact]
    public void An_error_says_its_cause_then_what_to_do_and_what_the_far_side_said()
    {
        var line = Render<ErrorLine>(p => p.Add(e => e.Error, new Error("token_expires_soon").With("text", "not for long")).AddChildContent("<b>4 May.</b>"));

        Assert.Matches(@"it expires soon\.\s+4 May\.\s+You can go on;.*token_expires_soon", line.Nodes.Aggregate("", (said, node) => said + node.TextContent));
        Assert.Equal("/help/token_expires_soon", line.Find(ByTestId("help-link")).GetAttribute("href"));
        Assert.Equal("not for long", line.Find("q").TextContent);
    }

    [Fact]
    public void Without_words_of_the_far_side_none_are_quoted() => Assert.Empty(Render<ErrorLine>(p => p.Add(e => e.Error, new Error("required"))).FindAll("q"));

    [Fact]
    public void A_check_that_failed_leads_to_its_help() =>
        AssertHelp<HealthList>("group_not_found", p => p.Add(h => h.Checks, [new("group", CheckState.Failed, "group_not_found", "no such group"), new("key", CheckState.Ok)]));

    [Fact]
    public void A_refused_webhook_leads_to_its_help() =>
        AssertHelp<FirstEvent>("signature_mismatch", p => p.Add(e => e.Bot, Some.Bot() with { Rejected = [new("signature_mismatch", 3, Clock.GetUtcNow())] }));

    [Fact]
    public void A_group_that_cannot_be_chosen_leads_to_its_help() =>
        AssertHelp<GroupStep>("group_ambiguous group_ambiguous group_contains_bot", p => p.Add(s => s.Draft, Draft("a-bot")));

    [Fact]
    public void A_region_without_the_account_leads_to_its_help()
    {
        var draft = new WizardDraft();
        draft.TriedRegions["https://api.eu.freshchat.com/v2"] = new("token_refused", "apiToken");

        AssertHelp<OtherRegions>("token_refused", p => p.Add(o => o.Draft, draft).Add(o => o.Regions, ["https://api.eu.freshchat.com/v2"]));
    }

    [Fact]
    public void A_doubt_about_a_token_leads_to_its_help() =>
        AssertHelp<TokenWarnings>("token_scope_missing", p => p.Add(t => t.Warnings, [new TokenWarning("token_scope_missing", null) { Scopes = ["message:create"] }]));

    [Fact]
    public void What_was_left_out_of_a_paste_leads_to_its_help()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));

        box.Find(ByTestId("paste")).Input("https://a.freshchat.com/v2 https://b.freshchat.com/v2");

        Assert.Equal("/help/pasted_several_chat_urls", box.Find(ByTestId("help-link")).GetAttribute("href"));
    }

    [Fact]
    public void A_line_of_a_list_that_cannot_be_read_leads_to_its_help()
    {
        var import = Render<ImportSites>(p => p.Add(i => i.Present, []));

        import.Find(ByTestId("import-text")).Input("source,siteId,context\nnowhere,comida,comida");

        Assert.Equal("/help/csv_source_unknown", import.Find(ByTestId("help-link")).GetAttribute("href"));
    }

    [Fact]
    public void A_station_that_failed_leads_to_its_help() =>
        AssertHelp<ProofStep>(
            "bot_silent",
            p => p.Add(s => s.Draft, Draft()).Add(s => s.Proof, new ProofView(Clock.GetUtcNow(), [new(ProofStop.Mammut, StationState.Failed, null) { Code = "bot_silent" }], "m-1", null, "Hola", null))
        );

    [Fact]
    public void What_a_request_ended_with_leads_to_its_help() =>
        AssertHelp<AttemptTable>("timeout", p => p.Add(t => t.Attempts, [new("freshchat.reply", Clock.GetUtcNow(), 10_000, null, "timeout"), new("mammut.say", Clock.GetUtcNow(), 84, 200, null)]));

    [Fact]
    public void A_hop_that_failed_and_a_hand_over_lead_to_their_help()
    {
        HopView[] hops = [new("mammut.say", 84), new("freshchat.reply", 10_000, 3, "timeout")];
        var turn = new TurnView("t-1", [], "¿Abren hoy?", [], new(null, "Support team", null, "does_not_know", null), hops, TurnStage.Ended, null, null, null, null, null, Clock.GetUtcNow(), null);

        AssertHelp<TurnList>("timeout does_not_know", p => p.Add(t => t.Turns, [turn]).Add(t => t.Actor, new Actor("viewer", Role.Viewer)));
    }

    private void AssertHelp<T>(string codes, Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent =>
        Assert.Equal(codes.Split(' ').Select(code => "/help/" + code), Render(parameters).FindAll(ByTestId("help-link")).Select(link => link.GetAttribute("href")!));
}
