using Bunit;
using Core.Bots;
using Core.Freshchat;
using Core.Storage;
using Microsoft.AspNetCore.Components;
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

    private async Task<IReadOnlyList<BotSummary>> DraftsAsync() =>
        Right(await Use<FindBots>().ListAsync(Admin, new(BotStatus.Draft, null), 10, null, CancellationToken.None)).Items;
}
