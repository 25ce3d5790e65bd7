using Bunit;
using Core.Bots;
using Core.Bots.Listing;
using Core.Storage;
using MudBlazor;
using Portal.Components.ConnectWizard;

namespace Portal.Tests.Components;

/// <summary>The button that discards a draft, wherever drafts are listed.</summary>
public sealed class DiscardDraftTests : WholePage
{
    private int _gone;

    [Theory]
    [InlineData("freshbot", "Discard the draft freshbot", "Discard the draft “freshbot”?")]
    [InlineData("", "Discard the draft without a name", "Discard this draft?")]
    public async Task It_names_its_draft_to_who_only_hears_it_and_a_question_that_is_declined_leaves_it(string name, string heard, string asked)
    {
        var draft = await DraftAsync(new() { Name = name });
        var questions = Render<MudDialogProvider>();
        var discard = Show(draft.Id, name);
        Assert.Equal(heard, discard.Find(ByTestId("discard-draft")).GetAttribute("aria-label"));

        discard.Find(ByTestId("discard-draft")).Click();
        Assert.Contains(asked, questions.WaitForElement(".mud-dialog").TextContent, StringComparison.Ordinal);
        questions.Find(ByTestId("cancel")).Click();

        questions.WaitForAssertion(() => Assert.Empty(questions.FindAll(ByTestId("confirm"))));
        Assert.Equal(BotStatus.Draft, await StatusAsync(draft.Id));
        Assert.Equal(0, _gone);
    }

    [Fact]
    public async Task What_was_confirmed_is_archived_and_told_to_the_list()
    {
        var draft = await DraftAsync(new() { Name = "freshbot" });
        var questions = Render<MudDialogProvider>();
        var discard = Show(draft.Id, "freshbot");

        discard.Find(ByTestId("discard-draft")).Click();
        questions.WaitForElement(ByTestId("confirm")).Click();

        discard.WaitForAssertion(() => Assert.Equal(1, _gone));
        Assert.Equal(BotStatus.Archived, await StatusAsync(draft.Id));
    }

    [Fact]
    public async Task What_somebody_took_live_meanwhile_stays_and_it_is_said_why()
    {
        var bot = new Bot { Id = Guid.NewGuid(), Name = "freshbot", Status = BotStatus.Live, AppId = "app-1", WebhookId = WebhookAddress.NewId() };
        await Use<PortalStore>().WriteAsync(db => Task.FromResult(db.Add(bot)), CancellationToken.None);
        var questions = Render<MudDialogProvider>();
        var discard = Show(bot.Id, "freshbot");

        discard.Find(ByTestId("discard-draft")).Click();
        questions.WaitForElement(ByTestId("confirm")).Click();

        discard.WaitForAssertion(() => Assert.Equal("wrong_status", discard.Find(ByTestId("field-error")).GetAttribute("data-code")));
        Assert.False(discard.Find(ByTestId("discard-draft")).HasAttribute("disabled"));
        Assert.Equal((BotStatus.Live, 0), (await StatusAsync(bot.Id), _gone));
    }

    private IRenderedComponent<DiscardDraft> Show(Guid id, string name) =>
        Render<DiscardDraft>(p => p.Add(d => d.Draft, Some.Summary(name, BotStatus.Draft) with { Id = id }).Add(d => d.Actor, Admin).Add(d => d.Discarded, () => _gone++));

    private async Task<BotStatus> StatusAsync(Guid id) => Right(await Use<FindBots>().GetAsync(Admin, id, CancellationToken.None)).Status;
}
