using Bunit;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Portal.Components.Bots;
using Support;

namespace Portal.Tests.Components;

/// <summary>One page for many bots: what belongs to one is never shown or done at the address of another.</summary>
[Trait("Database", "both")]
public sealed class BotPageTests : LiveBotContext
{
    [Fact]
    public async Task An_answer_about_the_bot_before_does_not_show_at_the_next()
    {
        var page = await OpenPageAsync();
        var other = (await Get<SaveDraft>().HandleAsync(Admin, null, new() { Name = "the other" }, CancellationToken.None)).Value!;
        using var gate = Hold(request => !request.ToMammut);
        page.Find(ByTestId("check-now")).Click();

        page.Render(p => p.Add(b => b.Id, other.Id));
        page.WaitForAssertion(() => Assert.Equal("the other", page.Find("h1").TextContent));
        gate.Set();
        await Eventually.BecomesAsync(ReadAsync, bot => bot.CheckedAt is not null, "the check");
        page.WaitForElement(ByTestId("continue-draft"));

        Assert.Equal("the other", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(ByTestId("pause")));
    }

    [Fact]
    public async Task What_was_refused_stays_until_something_is_tried_again()
    {
        var page = await OpenPageAsync();
        // The page hears of it a moment later, and time stands still.
        await Get<ArchiveBot>().HandleAsync(Admin, Bot.Id, CancellationToken.None);

        page.Find(ByTestId("pause")).Click();
        Answer(goAhead: true);

        page.WaitForAssertion(() => Assert.Equal("wrong_status", page.Find(ByTestId("error")).GetAttribute("data-code")));
        Assert.NotNull(page.Find("[data-testid=error] [data-testid=help-link]"));
        page.Render(p => p.Add(b => b.Id, Guid.NewGuid()));
        page.WaitForAssertion(() => Assert.Equal("bot_not_found", page.Find(ByTestId("error")).GetAttribute("data-code")));
    }

    [Fact]
    public async Task Sites_that_wait_to_be_mapped_are_announced_on_their_tab_and_in_the_overview()
    {
        var page = await OpenPageAsync();
        Assert.Empty(page.FindAll(ByTestId("unknown-count")));
        Assert.Empty(page.FindAll(ByTestId("unknown-sites-notice")));

        await Get<PortalStore>().WriteAsync(
            db =>
            {
                db.AddRange(
                    new UnknownSite { BotId = Bot.Id, Source = SiteSource.UserProperty, Value = "cocina", ConversationId = 1 },
                    new UnknownSite { BotId = Bot.Id, Source = SiteSource.Topic, Value = "t-1", ConversationId = 1 },
                    new UnknownSite { BotId = Bot.Id, Source = SiteSource.UserProperty, Value = "web", ConversationId = 2 }
                );
                return Task.CompletedTask;
            },
            CancellationToken.None
        );
        // Not at every event: the number is at most half a minute old.
        Get<ChangeFeed>().AnnounceEvents(Bot.Id);
        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(page.FindAll(ByTestId("unknown-count")));
        Get<ChangeFeed>().AnnounceEvents(Bot.Id);
        Clock.Advance(TimeSpan.FromSeconds(30));

        page.WaitForAssertion(() => Assert.StartsWith("2", page.Find(ByTestId("unknown-count")).TextContent, StringComparison.Ordinal));
        Assert.Contains("Sites without a rule: 2", page.Find(ByTestId("unknown-sites-notice")).TextContent, StringComparison.Ordinal);
        Assert.EndsWith("/sites", page.Find("[data-testid=unknown-sites-notice] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wrote_during_a_pause_is_counted_until_somebody_answers()
    {
        var page = await OpenPageAsync();
        var at = Clock.GetUtcNow();
        await Get<PauseBot>().PauseAsync(Operator, Bot.Id, CancellationToken.None);
        await StoreAsync(
            [
                new Conversation { Id = 1, BotId = Bot.Id, FreshchatId = "c1", LastEventAt = at },
                new Conversation { Id = 2, BotId = Bot.Id, FreshchatId = "c2", LastEventAt = at },
                Left(1, at),
                Left(2, at),
                new Message { ConversationId = 1, DeliveryId = 1, Author = Author.Customer, Text = "¿Hola?", CreatedAt = at },
                new Message { ConversationId = 2, DeliveryId = 2, Author = Author.Customer, Text = "¿Abren hoy?", CreatedAt = at },
            ]
        );

        await Get<PauseBot>().ResumeAsync(Operator, Bot.Id, CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(3));

        page.WaitForAssertion(() => Assert.StartsWith("2 conversations have a customer message nobody answered", page.Find(ByTestId("left-in-pause")).TextContent, StringComparison.Ordinal));
        Assert.Equal($"/conversations?bot={Bot.Id}&unanswered=true&writtenInPause=true", page.Find("[data-testid=left-in-pause] a").GetAttribute("href"));
        await StoreAsync([new Message { ConversationId = 1, DeliveryId = 3, Author = Author.Person, Text = "Hola.", CreatedAt = at.AddSeconds(9) }]);
        Get<ChangeFeed>().AnnounceEvents(Bot.Id);
        Clock.Advance(TimeSpan.FromSeconds(3));
        page.WaitForAssertion(() => Assert.StartsWith("1 conversation has", page.Find(ByTestId("left-in-pause")).TextContent, StringComparison.Ordinal));
        await StoreAsync([new Message { ConversationId = 2, DeliveryId = 4, Author = Author.Person, Text = "Sí.", CreatedAt = at.AddSeconds(9) }]);
        Get<ChangeFeed>().AnnounceEvents(Bot.Id);
        Clock.Advance(TimeSpan.FromSeconds(3));

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(ByTestId("left-in-pause"))));
        // Also after a reload.
        var again = Render<BotPage>(p => p.Add(b => b.Id, Bot.Id));
        again.WaitForElement(ByTestId("check-now"));
        again.WaitForAssertion(() => Assert.Empty(again.FindAll(ByTestId("left-in-pause"))));
    }

    [Fact]
    public async Task A_site_that_is_dismissed_is_off_the_number_at_once()
    {
        await OpenAsync();
        await StoreAsync(
            [
                new UnknownSite { BotId = Bot.Id, Source = SiteSource.UserProperty, Value = "cocina", ConversationId = 1 },
                new UnknownSite { BotId = Bot.Id, Source = SiteSource.UserProperty, Value = "web", ConversationId = 2 },
            ]
        );
        var page = Render<BotPage>(p => p.Add(b => b.Id, Bot.Id).Add(b => b.Tab, "sites"));
        page.WaitForElement(ByTestId("dismiss-site")).Click();

        page.WaitForAssertion(() => Assert.StartsWith("1", page.Find(ByTestId("unknown-count")).TextContent, StringComparison.Ordinal));
    }

    private Delivery Left(long id, DateTimeOffset at)
    {
        var left = new Delivery { Id = id, BotId = Bot.Id, DedupKey = $"m{id}", ConversationId = id, Action = "message_create", ReceivedAt = at, EventTime = at };
        left.Ignore(Reasons.BotPaused, at);
        return left;
    }

    private Task StoreAsync(IEnumerable<object> rows) =>
        Get<PortalStore>().WriteAsync(
            db =>
            {
                db.AddRange(rows);
                return Task.CompletedTask;
            },
            CancellationToken.None
        );

    private async Task<IRenderedComponent<BotPage>> OpenPageAsync()
    {
        await OpenAsync();
        var page = Render<BotPage>(p => p.Add(b => b.Id, Bot.Id));
        page.WaitForElement(ByTestId("check-now"));
        return page;
    }
}
