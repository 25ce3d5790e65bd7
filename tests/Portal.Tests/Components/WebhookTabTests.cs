using Bunit;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Portal.Components.Bots;
using Support;

namespace Portal.Tests.Components;

/// <summary>The public keys of a bot as an admin replaces one by another.</summary>
[Trait("Database", "both")]
public sealed class WebhookTabTests : LiveBotContext
{
    [Fact]
    public async Task A_new_key_is_added_and_the_old_one_removed_and_both_are_said()
    {
        await OpenAsync();
        using var key = new SigningKey();
        var tab = Show<WebhookTab>(Admin);
        var old = tab.Find(ByTestId("key")).GetAttribute("data-fingerprint");
        Assert.Empty(tab.FindAll(ByTestId("remove-key")));
        Assert.NotNull(tab.Find(ByTestId("only-key")));

        tab.Find(ByTestId("public-key")).Input(key.PublicPem);
        tab.Find(ByTestId("add-key")).Click();
        tab.WaitForAssertion(() => Assert.Contains("was added", tab.Find(ByTestId("keys-said")).TextContent, StringComparison.Ordinal));
        await Eventually.BecomesAsync(() => Focused.Count == 1, "the focus on the heading");
        var heading = Focused[0];
        Assert.Empty(tab.FindAll(ByTestId("public-key")));

        tab.Find($"[data-fingerprint='{old}'] [data-testid=remove-key]").Click();
        Answer(goAhead: true);
        tab.WaitForAssertion(() => Assert.Contains("was removed", tab.Find(ByTestId("keys-said")).TextContent, StringComparison.Ordinal));
        await Eventually.BecomesAsync(() => Focused.Count(id => id == heading) == 2, "the focus on the heading again");
        Assert.DoesNotContain(old!, tab.Markup, StringComparison.Ordinal);
        Assert.Single((await ReadAsync()).Freshchat.PublicKeys);
    }

    [Fact]
    public async Task What_is_no_key_is_refused_at_its_field()
    {
        await OpenAsync();
        var tab = Show<WebhookTab>(Admin);

        tab.Find(ByTestId("public-key")).Input("no key at all");
        tab.Find(ByTestId("add-key")).Click();

        tab.WaitForAssertion(() => Assert.Equal("true", tab.Find(ByTestId("public-key")).GetAttribute("aria-invalid")));
        Assert.Empty(tab.Find(ByTestId("keys-said")).TextContent);
    }

    [Fact]
    public async Task A_removal_that_is_refused_is_said_at_the_keys()
    {
        await OpenAsync();
        using var key = new SigningKey();
        var both = (await Get<ChangeKeys>().AddAsync(Admin, Bot.Id, key.PublicPem, CancellationToken.None)).Value!;
        var tab = Show<WebhookTab>(Admin, both);
        // Somebody else was quicker.
        await Get<ChangeKeys>().RemoveAsync(Admin, Bot.Id, both.Freshchat.PublicKeys[0].Fingerprint, CancellationToken.None);

        tab.FindAll(ByTestId("remove-key"))[1].Click();
        Answer(goAhead: true);

        tab.WaitForAssertion(() => Assert.Equal("public_key_last", tab.Find(ByTestId("field-error")).GetAttribute("data-code")));
        Assert.Empty(tab.FindAll("textarea"));
    }

    [Fact]
    public async Task Who_may_not_change_keys_reads_them()
    {
        await OpenAsync();

        var tab = Show<WebhookTab>(Operator);

        Assert.Single(tab.FindAll(ByTestId("key")));
        Assert.Empty(tab.FindAll("textarea"));
        Assert.Empty(tab.FindAll(ByTestId("only-key")));
    }

    [Theory]
    [InlineData(true, "arrive at “the successor” instead of here")]
    [InlineData(false, "which refuses them")]
    public async Task A_bot_whose_events_go_elsewhere_says_where_on_its_page(bool verified, string said)
    {
        await OpenAsync();
        var draft = (await Get<SaveDraft>().HandleAsync(Admin, null, new() { Name = "the successor", Freshchat = new() { AppId = Bot.Freshchat.AppId } }, CancellationToken.None)).Value!;
        var now = Clock.GetUtcNow().AddMinutes(1);
        await Get<PortalStore>().WriteAsync(
            db => Task.FromResult(verified ? (object)db.Add(new BotActivity { BotId = draft.Id, FirstEventAt = now, LastEventAt = now }) : db.Add(new Rejection { BotId = draft.Id, Code = "public_key_missing", Count = 1, LastAt = now })),
            CancellationToken.None
        );

        var page = Render<BotPage>(p => p.Add(b => b.Id, Bot.Id).Add(b => b.Tab, "webhook"));

        var alarm = page.WaitForElement(ByTestId("events-elsewhere"));
        Assert.Contains(said, alarm.TextContent, StringComparison.Ordinal);
        Assert.Equal($"/bots/{draft.Id}", page.Find(ByTestId("other-bot")).GetAttribute("href"));
        Assert.Equal($"/bots/{Bot.Id}/webhook", page.Find(ByTestId("own-address")).GetAttribute("href"));
    }

    [Fact]
    public async Task The_address_of_a_draft_says_from_whom_it_takes_the_messages()
    {
        await OpenAsync();
        var draft = (await Get<SaveDraft>().HandleAsync(Admin, null, new() { Freshchat = new() { AppId = Bot.Freshchat.AppId } }, CancellationToken.None)).Value!;

        Assert.Equal(Bot.Id.ToString(), Show<WebhookTab>(Admin, draft).WaitForElement(ByTestId("account-taken")).GetAttribute("data-bot"));
        Assert.Empty(Show<WebhookTab>(Admin).FindAll(ByTestId("account-taken")));
    }

    private List<string> Focused =>
        [.. JSInterop.Invocations.Where(call => call.Identifier.EndsWith("domWrapper.focus", StringComparison.Ordinal)).Select(call => ((ElementReference)call.Arguments[0]!).Id)];
}
