using Bunit;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Freshchat;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Components;
using Portal.Components.ConnectWizard;
using Portal.Components.Shared;
using Support;

namespace Portal.Tests.Components;

/// <summary>What the wizard keeps of a set-up that is not live yet: every stroke, for whoever continues it, on whatever device.</summary>
public sealed class WizardDraftTests : WholePage
{
    [Fact]
    public async Task Leaving_while_the_draft_is_being_made_makes_no_second_one()
    {
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input("https://first");
        var left = false;
        // The draft is there and the first stroke in it is not yet: then somebody types on and leaves.
        using var listening = Use<ChangeFeed>()
            .Subscribe(_ =>
            {
                if (left)
                    return;
                left = true;
                wizard.Find(ByTestId("chat-url")).Input("https://last");
                wizard.Instance.Dispose();
            });

        Clock.Advance(TimeSpan.FromSeconds(1));

        var draft = await Eventually.BecomesAsync(DraftsAsync, drafts => drafts.Count > 0, "the draft is made");
        await Eventually.BecomesAsync(
            async () => (await Use<KeepTyped>().ReadAsync(Admin, draft[0].Id, CancellationToken.None))?.Typed.Settings.Freshchat.ChatUrl,
            url => url == "https://last",
            "the last stroke is kept"
        );
        Assert.Single(await DraftsAsync());
    }

    [Fact]
    public async Task A_set_up_in_which_nothing_was_typed_makes_no_draft()
    {
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input("h");
        wizard.Find(ByTestId("chat-url")).Input("");
        Clock.Advance(TimeSpan.FromSeconds(1));

        wizard.Find(ByTestId("continue-later")).Click();

        wizard.WaitForAssertion(() => Assert.Equal(PageUrls.Bots, new Uri(Use<NavigationManager>().Uri).AbsolutePath));
        Assert.Empty(await DraftsAsync());
    }

    [Fact]
    public async Task Whoever_continues_later_finds_even_what_is_not_right_yet()
    {
        var draft = await DraftAsync();
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForElement(ByTestId("chat-url")).Input("half an addr");

        wizard.Find(ByTestId("continue-later")).Click();

        wizard.WaitForAssertion(() => Assert.Equal(PageUrls.Bots, new Uri(Use<NavigationManager>().Uri).AbsolutePath), TimeSpan.FromSeconds(30));
        Assert.Equal("half an addr", (await Use<KeepTyped>().ReadAsync(Admin, draft.Id, CancellationToken.None))?.Typed.Settings.Freshchat.ChatUrl);
    }

    [Fact]
    public async Task A_new_set_up_after_another_begins_empty()
    {
        var draft = await DraftAsync(new() { Name = "freshbot", Freshchat = new() { ChatUrl = "https://acme.freshchat.com/v2" } });
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForAssertion(() => Assert.Equal("https://acme.freshchat.com/v2", wizard.Find(ByTestId("chat-url")).GetAttribute("value")));

        wizard.Render(p => p.Add(w => w.Id, null));

        wizard.WaitForAssertion(() => Assert.True(string.IsNullOrEmpty(wizard.Find(ByTestId("chat-url")).GetAttribute("value"))));
        Assert.NotNull(wizard.WaitForElement(ByTestId("unfinished")));
    }

    [Fact]
    public async Task The_drafts_that_are_offered_stay_where_they_are_while_the_first_strokes_make_another()
    {
        var other = await DraftAsync(new() { Name = "freshbot" });
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("unfinished"));

        wizard.Find(ByTestId("chat-url")).Input("https://half");
        Clock.Advance(TimeSpan.FromSeconds(1));
        var made = (await Eventually.BecomesAsync(DraftsAsync, drafts => drafts.Count == 2, "the draft is made")).Single(draft => draft.Id != other.Id);
        wizard.WaitForAssertion(() => Assert.Contains(made.Id.ToString(), Use<NavigationManager>().Uri, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        wizard.Render(p => p.Add(w => w.Id, made.Id));

        Assert.Contains("freshbot", Assert.Single(wizard.FindAll(ByTestId("resume-draft"))).TextContent, StringComparison.Ordinal);
        wizard.Render(p => p.Add(w => w.Id, other.Id));
        wizard.WaitForAssertion(() => Assert.Empty(wizard.FindAll(ByTestId("unfinished"))), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_stroke_that_the_form_has_not_heard_of_yet_is_not_lost_to_what_another_device_saved()
    {
        BotSettings With(string host) => new() { Freshchat = new() { ChatUrl = $"https://{host}/v2", AppId = "424b1fee-9709-4315-85d9-5954058b4714", ApiToken = "a-token" } };
        var draft = await DraftAsync(With("acme.freshchat.com"));
        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=bot");
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForElement(ByTestId("bot-name"));
        var field = wizard.FindComponents<TextField>().Single(found => found.Instance.TestId == "bot-name").Instance;

        await wizard.InvokeAsync(() => field.ValueChanged.InvokeAsync("typed here"));
        Right(await Use<SaveDraft>().HandleAsync(Admin, draft.Id, With("other.freshchat.com"), CancellationToken.None));
        Clock.Advance(TimeSpan.FromSeconds(1));

        wizard.WaitForAssertion(
            () => Assert.Contains("other.freshchat.com", wizard.Find(ByTestId("wizard-step-freshchat")).TextContent, StringComparison.Ordinal),
            TimeSpan.FromSeconds(30)
        );
        Assert.Equal("typed here", wizard.Find(ByTestId("bot-name")).GetAttribute("value"));
    }

    [Fact]
    public async Task A_draft_is_discarded_from_the_list_after_the_consequence_was_said()
    {
        var draft = await DraftAsync(new() { Name = "freshbot" });
        var questions = Render<MudDialogProvider>();
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("discard-draft")).Click();

        Assert.Contains("Discard the draft “freshbot”?", questions.WaitForElement(ByTestId("confirm")).Closest(".mud-dialog")!.TextContent, StringComparison.Ordinal);
        questions.Find(ByTestId("confirm")).Click();

        wizard.WaitForAssertion(() => Assert.Empty(wizard.FindAll(ByTestId("unfinished"))), TimeSpan.FromSeconds(30));
        Assert.Equal(BotStatus.Archived, Right(await Use<FindBots>().GetAsync(Admin, draft.Id, CancellationToken.None)).Status);
    }

    private async Task<IReadOnlyList<BotSummary>> DraftsAsync() =>
        Right(await Use<FindBots>().ListAsync(Admin, new(BotStatus.Draft, null), 10, null, CancellationToken.None)).Items;
}
