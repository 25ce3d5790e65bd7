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
    public void Everything_that_the_first_step_lacks_is_marked_at_once_and_the_first_of_it_is_ready_to_be_filled_in()
    {
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url"));

        wizard.Find("form").Submit();

        wizard.WaitForAssertion(() => Assert.Equal(["chat-url", "api-token"], wizard.FindAll("[aria-invalid=true]").Select(field => field.GetAttribute("data-testid"))));
        wizard.WaitForAssertion(() => Assert.Single(JSInterop.Invocations["portal.toFault"]));
    }

    [Fact]
    public async Task A_rule_to_look_at_holds_nobody_up_twice()
    {
        SiteRuleSettings[] rules = [new() { SiteId = "comida", Context = "comida" }, new() { SiteId = "comida", Context = "otra" }];
        var draft = await DraftAsync(new() { Name = "freshbot", Sites = [.. rules] });
        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=sites");
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForElement(ByTestId("site-rule"), TimeSpan.FromSeconds(30));

        Next(wizard);
        Assert.Contains("Look at rule no. 2, or press “Next” again", wizard.WaitForElement(ByTestId("sites-question"), TimeSpan.FromSeconds(30)).TextContent, StringComparison.Ordinal);
        Assert.NotNull(wizard.Find(ByTestId("wizard-sites")));

        Next(wizard);
        wizard.WaitForElement(ByTestId("wizard-webhook"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_person_is_asked_about_before_the_bot_writes_under_their_name()
    {
        await using var far = await FarSides.StartAsync();
        var wizard = Render<ConnectWizard>();
        wizard.WaitForElement(ByTestId("chat-url")).Input(far.ChatUrl);
        wizard.Find(ByTestId("api-token")).Input(far.Freshchat.Token);
        Next(wizard);
        var person = far.Freshchat.OtherAgent;
        wizard.WaitForElement(ByTestId("agent-id"), TimeSpan.FromSeconds(30)).Input(person);
        wizard.WaitForElement(ByTestId("person-warning"), TimeSpan.FromSeconds(30));

        Next(wizard);
        wizard.WaitForElement(ByTestId("agent-question"), TimeSpan.FromSeconds(30));

        Next(wizard);
        wizard.WaitForElement(ByTestId("wizard-group"), TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_question_stays_with_its_step_when_the_browser_goes_back()
    {
        SiteRuleSettings[] rules = [new() { SiteId = "comida", Context = "comida" }, new() { SiteId = "comida", Context = "otra" }];
        var draft = await DraftAsync(new() { Name = "freshbot", Sites = [.. rules] });
        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=sites");
        var wizard = Render<ConnectWizard>(p => p.Add(w => w.Id, draft.Id));
        wizard.WaitForElement(ByTestId("site-rule"), TimeSpan.FromSeconds(30));
        Next(wizard);
        wizard.WaitForElement(ByTestId("sites-question"), TimeSpan.FromSeconds(30));

        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=bot");
        wizard.WaitForElement(ByTestId("wizard-bot"), TimeSpan.FromSeconds(30));
        Use<NavigationManager>().NavigateTo($"/bots/{draft.Id}/connect?step=sites");

        wizard.WaitForElement(ByTestId("wizard-sites"), TimeSpan.FromSeconds(30));
        Assert.Empty(wizard.FindAll(ByTestId("sites-question")));
    }

    // Once nothing is under way: a press meanwhile does nothing.
    private static void Next(IRenderedComponent<ConnectWizard> wizard)
    {
        wizard.WaitForAssertion(() => Assert.False(wizard.Find(ByTestId("next")).HasAttribute("disabled")), TimeSpan.FromSeconds(30));
        wizard.Find("form").Submit();
    }

    private async Task<Guid> HolderAsync(string appId)
    {
        var holder = new Bot { Id = Guid.NewGuid(), Name = "the first", Status = BotStatus.Live, AppId = appId, WebhookId = WebhookAddress.NewId() };
        await Use<PortalStore>().WriteAsync(db => Task.FromResult(db.Add(holder)), CancellationToken.None);
        return holder.Id;
    }
}
