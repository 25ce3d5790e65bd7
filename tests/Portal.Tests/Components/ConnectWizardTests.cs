using Bunit;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Freshchat;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using Portal.Components.ConnectWizard;
using Support;

namespace Portal.Tests.Components;

/// <summary>The wizard while something is under way: nobody waits before they type on.</summary>
public sealed class ConnectWizardTests : WholePage
{
    [Fact]
    public async Task What_the_account_says_about_another_token_is_dropped()
    {
        await using var far = await FarSides.StartAsync();
        using var asked = new SemaphoreSlim(0);
        using var answers = new ManualResetEventSlim();
        far.Instead = _ =>
        {
            asked.Release();
            answers.Wait(TimeSpan.FromSeconds(30));
            return null;
        };
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input(far.ChatUrl);
        wizard.Find(ByTestId("api-token")).Input(far.Freshchat.Token);

        wizard.Find(ByTestId("check-account")).Click();
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30)));
        wizard.Find(ByTestId("api-token")).Input("the-token-of-another-account");
        answers.Set();

        wizard.WaitForAssertion(() => Assert.False(wizard.Find(ByTestId("check-account")).HasAttribute("disabled")), TimeSpan.FromSeconds(30));
        Assert.Empty(wizard.FindAll(ByTestId("account-found")));
    }

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
    public async Task A_key_that_is_typed_while_another_is_being_stored_is_stored_too()
    {
        using var first = new SigningKey();
        using var second = new SigningKey();
        var draft = await DraftAsync();
        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=webhook");
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForElement(ByTestId("public-key"));
        var typed = false;
        using var listening = Use<ChangeFeed>()
            .Subscribe(_ =>
            {
                if (typed)
                    return;
                typed = true;
                wizard.Find(ByTestId("public-key")).Input(second.PublicPem);
            });

        wizard.Find(ByTestId("public-key")).Input(first.PublicPem);

        var expected = FreshchatKey.Read(second.PublicPem).Value!.Fingerprint;
        await Eventually.BecomesAsync(
            async () => string.Join(' ', Right(await Use<FindBots>().GetAsync(Admin, draft.Id, CancellationToken.None)).Freshchat.PublicKeys.Select(key => key.Fingerprint)),
            keys => keys.Contains(expected, StringComparison.Ordinal),
            "the second key is stored"
        );
    }

    [Fact]
    public async Task Who_has_the_account_already_is_told_as_soon_as_the_account_says_which_it_is()
    {
        await using var far = await FarSides.StartAsync();
        var holder = await HolderAsync(far.Freshchat.AppId);
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input(far.ChatUrl);
        wizard.Find(ByTestId("api-token")).Input(far.Freshchat.Token);

        wizard.Find(ByTestId("check-account")).Click();

        var told = wizard.WaitForElement(ByTestId("account-taken"), TimeSpan.FromSeconds(30));
        Assert.Contains("“the first” already answers", told.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/bots/{holder}", told.QuerySelector(ByTestId("account-holder"))!.GetAttribute("href"));
        // A warning, not a wall: the next step opens, and says it too.
        wizard.Find("form").Submit();
        wizard.WaitForElement(ByTestId("wizard-agent"), TimeSpan.FromSeconds(30));
        wizard.WaitForElement(ByTestId("account-taken"));
        Assert.DoesNotContain(far.Requests, request => request.ToMammut);

        await Use<ArchiveBot>().HandleAsync(Admin, holder, CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(1));
        wizard.WaitForAssertion(() => Assert.Empty(wizard.FindAll(ByTestId("account-taken"))), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Who_has_a_typed_account_is_told_before_anybody_is_asked()
    {
        var holder = await HolderAsync("424b1fee-9709-4315-85d9-5954058b4714");
        var wizard = Render<ConnectWizard>();

        wizard.WaitForElement(ByTestId("app-id")).Input(" 424b1fee-9709-4315-85d9-5954058b4714 ");
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(holder.ToString(), wizard.WaitForElement(ByTestId("account-taken"), TimeSpan.FromSeconds(30)).GetAttribute("data-bot"));
    }

    [Fact]
    public async Task A_set_up_in_which_nothing_was_typed_makes_no_draft()
    {
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input("h");
        wizard.Find(ByTestId("chat-url")).Input("");
        Clock.Advance(TimeSpan.FromSeconds(1));

        wizard.Find(ByTestId("save-draft")).Click();

        wizard.WaitForAssertion(() => Assert.Equal("There is nothing to save yet", wizard.Find(ByTestId("draft-saved")).TextContent));
        Assert.Empty(await DraftsAsync());
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

    private async Task<Guid> HolderAsync(string appId)
    {
        var holder = new Bot { Id = Guid.NewGuid(), Name = "the first", Status = BotStatus.Live, AppId = appId, WebhookId = WebhookAddress.NewId() };
        await Use<PortalStore>().WriteAsync(db => Task.FromResult(db.Add(holder)), CancellationToken.None);
        return holder.Id;
    }

    private async Task<IReadOnlyList<BotSummary>> DraftsAsync() =>
        Right(await Use<FindBots>().ListAsync(Admin, new(BotStatus.Draft, null), 10, null, CancellationToken.None)).Items;
}
