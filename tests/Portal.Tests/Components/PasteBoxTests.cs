using Bunit;
using Core.Outcomes;
using Portal.Components.ConnectWizard;
using Portal.Components.ConnectWizard.Steps;

namespace Portal.Tests.Components;

/// <summary>The box that takes anything, and what the Freshchat step says about what is in its fields.</summary>
public sealed class PasteBoxTests : WizardSteps
{
    private const string Expired =
        "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjEwMDAwMDAwMDAsInNjb3BlIjoiYWdlbnQ6cmVhZCB1c2VyOnJlYWQgY29udmVyc2F0aW9uOnJlYWQgY29udmVyc2F0aW9uOnVwZGF0ZSBtZXNzYWdlOmNyZWF0ZSJ9.c2VhbHNlYWxzZWFsc2VhbA";

    private const string Page =
        $"Chat URL\nhttps://acme.freshchat.com/v2\nAPI token\n{Expired}\nApp ID\n424b1fee-9709-4315-85d9-5954058b4714\nsiteId: 'comida'";

    [Fact]
    public void A_pasted_page_fills_the_fields_and_the_token_is_shown_as_four_characters_only()
    {
        var draft = new WizardDraft();
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("paste")).Input(Page);

        Assert.Equal("https://acme.freshchat.com/v2", draft.Settings.Freshchat.ChatUrl);
        Assert.Equal(Expired, draft.Settings.Freshchat.ApiToken);
        Assert.Equal("comida", draft.Settings.Sites.Single().Context);
        Assert.Equal("…" + Expired[^4..], step.Find(ByTestId("pasted-token")).QuerySelector("dd")!.TextContent);
        step.WaitForAssertion(() => Assert.DoesNotContain("eyJ", step.Markup, StringComparison.Ordinal));
        Assert.Empty(step.FindAll(ByTestId("api-token")));
        Assert.Contains("Public key", step.Find(ByTestId("paste-missing")).TextContent, StringComparison.Ordinal);
        step.WaitForAssertion(() => Assert.Equal("", step.Find(ByTestId("paste")).GetAttribute("value") ?? ""));
    }

    [Fact]
    public void A_text_that_holds_nothing_says_so_and_stays()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));

        box.Find(ByTestId("paste")).Input("Buenos días, ¿qué tal?");

        Assert.NotNull(box.Find(ByTestId("paste-nothing")));
        // It may hold anything: the browser must write nothing of it down.
        Assert.NotNull(box.Find(ByTestId("paste")).Closest("[data-secret]"));
    }

    [Fact]
    public void What_is_left_out_is_said_with_its_reason()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));

        box.Find(ByTestId("paste")).Input("https://a.freshchat.com/v2 https://b.freshchat.com/v2");

        Assert.Equal("pasted_several_chat_urls", box.Find(ByTestId("paste-left-out")).GetAttribute("data-code"));
        Assert.Empty(box.FindAll(ByTestId("paste-found")));
    }

    [Fact]
    public void What_was_seen_and_not_taken_is_not_called_missing()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));

        box.Find(ByTestId("paste")).Input("https://a.freshchat.com/v2 https://b.freshchat.com/v2");

        Assert.Equal("Still missing: API token, Public key (the step Webhook asks for it).", box.Find(ByTestId("paste-missing")).TextContent);
    }

    [Fact]
    public void What_an_earlier_paste_brought_is_not_called_missing_by_a_later_one()
    {
        var draft = new WizardDraft();
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, draft));
        box.Find(ByTestId("paste")).Input("Chat URL https://acme.freshchat.com/v2");

        box.Find(ByTestId("paste")).Input($"API token {Expired}");

        Assert.Single(box.FindAll("[data-testid=paste-found] > div"));
        Assert.Equal("Still missing: Public key (the step Webhook asks for it).", box.Find(ByTestId("paste-missing")).TextContent);
    }

    [Fact]
    public void A_host_alone_is_not_called_filled_in()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));

        box.Find(ByTestId("paste")).Input("host: 'wchat.eu.freshchat.com'");

        Assert.Empty(box.FindAll(ByTestId("paste-found")));
        Assert.Contains("wchat.eu.freshchat.com", box.Find(ByTestId("pasted-host")).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_found_before_is_not_said_of_a_text_that_holds_nothing()
    {
        var box = Render<PasteBox>(p => p.Add(b => b.Draft, new()));
        box.Find(ByTestId("paste")).Input("Chat URL https://acme.freshchat.com/v2");
        box.Find(ByTestId("paste")).Input("Buenos días, ¿qué tal?");

        box.Find(ByTestId("paste")).Input("Buenos días, ¿qué tal?!");

        Assert.NotNull(box.Find(ByTestId("paste-nothing")));
        Assert.Empty(box.FindAll(ByTestId("paste-found")));
    }

    [Theory]
    [InlineData(Expired, "token_expired")]
    [InlineData("424b1fee-9709-4315-85d9-5954058b4714", "token_looks_wrong")]
    [InlineData("eyJ", null)]
    public void A_typed_token_is_judged_by_what_it_says_itself(string token, string? code)
    {
        var draft = new WizardDraft();
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("api-token")).Input(token);

        Assert.Equal(code, step.FindAll(ByTestId("token-warning")).SingleOrDefault()?.GetAttribute("data-code"));
    }

    [Fact]
    public void Another_App_ID_is_replaced_by_the_account_s_own_at_the_press_of_a_button()
    {
        var draft = Draft();
        draft.Settings.Freshchat.AppId = "another";
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft));

        step.Find(ByTestId("use-app-id")).Click();

        Assert.Equal("app-1", draft.Settings.Freshchat.AppId);
        Assert.NotNull(step.Find(ByTestId("account-found")));
    }

    [Theory]
    [InlineData("token_refused", "apiToken", 1)]
    [InlineData("not_json", "chatUrl", 1)]
    [InlineData("redirected", "chatUrl", 1)]
    [InlineData("token_forbidden", "apiToken", 0)]
    [InlineData("timeout", "chatUrl", 0)]
    public void Other_regions_are_offered_where_the_account_was_not_found(string code, string field, int offered)
    {
        var draft = new WizardDraft { Problem = new Error(code, field) };

        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft).Add(s => s.Regions, ["https://api.eu.freshchat.com/v2"]));

        Assert.Equal(offered, step.FindAll(ByTestId("try-region")).Count);
    }

    [Fact]
    public void A_region_is_tried_when_it_is_pressed_and_then_says_what_came_of_it()
    {
        string? tried = null;
        var draft = new WizardDraft { Problem = new Error("token_refused", "apiToken") };
        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, draft).Add(s => s.Regions, ["https://api.eu.freshchat.com/v2"]).Add(s => s.TryRegion, url => tried = url));
        Assert.Contains("api.eu.freshchat.com", step.Find(ByTestId("region")).TextContent, StringComparison.Ordinal);

        step.Find(ByTestId("try-region")).Click();
        Assert.Equal("https://api.eu.freshchat.com/v2", tried);

        draft.TriedRegions["https://api.eu.freshchat.com/v2"] = new Error("token_refused", "apiToken");
        step.Render();
        Assert.Equal("token_refused", step.Find(ByTestId("region-refused")).GetAttribute("data-code"));
        Assert.Empty(step.FindAll(ByTestId("try-region")));
    }

    [Fact]
    public void A_token_that_was_typed_elsewhere_is_kept_and_not_told_again()
    {
        var kept = WizardDraft.From(Some.Bot(), new() { Settings = new() { Freshchat = new() { ChatUrl = "htt", ApiToken = Expired } } });

        var step = Render<FreshchatStep>(p => p.Add(s => s.Draft, kept));

        Assert.DoesNotContain("eyJ", step.Markup, StringComparison.Ordinal);
        Assert.NotNull(step.Find(ByTestId("token-saved")));
        Assert.Equal("htt", step.Find(ByTestId("chat-url")).GetAttribute("value"));

        step.Find(ByTestId("replace-token")).Click();
        Assert.Equal("", step.Find(ByTestId("api-token")).GetAttribute("value") ?? "");
    }
}
