using Bunit;
using Core.Bots;
using Core.Conversations;
using Core.Security;
using Core.Webhooks;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.EntityFrameworkCore;
using Portal.Components.Bots;
using Portal.Components.Bots.Editing;
using Portal.Components.Conversations;
using Portal.Components.Deliveries;
using Portal.Components.Errors;
using Portal.Components.Settings;

namespace Portal.Tests.Components;

/// <summary>The pages of one thing and their parts in each of their states, over a real database.</summary>
public sealed class SinglePageTests : StoredPageContext
{
    private static readonly Actor Admin = new("ada", Role.Admin);
    private static readonly Actor Viewer = new("vera", Role.Viewer);

    private readonly Bot _bot = Bot(status: BotStatus.Live);

    [Fact]
    public void Until_it_is_read_a_page_is_a_skeleton()
    {
        BeUnknown();

        Assert.NotNull(Render<DeliveryPage>(p => p.Add(d => d.Id, "1")).Find(".list-skeleton"));
        Assert.NotNull(Render<ConversationPage>(p => p.Add(c => c.Id, "1")).Find(".list-skeleton"));
        Assert.NotNull(Render<BotPage>(p => p.Add(b => b.Id, _bot.Id)).Find(".list-skeleton"));
    }

    [Fact]
    public void What_is_not_there_says_so_and_leads_to_the_list()
    {
        AssertProblem(Render<DeliveryPage>(p => p.Add(d => d.Id, "17")), "delivery_not_found", "/deliveries");
        AssertProblem(Render<ConversationPage>(p => p.Add(c => c.Id, "17")), "conversation_not_found", "/conversations");
        AssertProblem(Render<BotPage>(p => p.Add(b => b.Id, Guid.NewGuid())), "bot_not_found", "/");
    }

    [Fact]
    public void Who_may_not_see_it_is_told_so()
    {
        Be(null);

        AssertProblem(Render<DeliveryPage>(p => p.Add(d => d.Id, "1")), "role_too_low", "/deliveries");
        AssertProblem(Render<ConversationPage>(p => p.Add(c => c.Id, "1")), "role_too_low", "/conversations");
        AssertProblem(Render<BotPage>(p => p.Add(b => b.Id, _bot.Id)), "role_too_low", "/");
    }

    [Fact]
    public async Task A_delivery_that_is_held_says_for_what_and_where_that_is_mended()
    {
        (_bot.ProtectedToken, _bot.TokenRefusedAt) = ("never read here", Clock.GetUtcNow());
        await StoreAsync(_bot);
        await StoreAsync(new Delivery { Id = 1, BotId = _bot.Id, DedupKey = "m1", Action = "message_create", ReceivedAt = Clock.GetUtcNow(), EventTime = Clock.GetUtcNow() });
        await WriteAsync(db => db.Deliveries.ExecuteUpdateAsync(row => row.SetProperty(d => d.Status, DeliveryStatus.Waiting)));

        var page = Render<DeliveryPage>(p => p.Add(d => d.Id, "1"));

        Assert.EndsWith($"/bots/{_bot.Id}/settings", page.WaitForElement(ByTestId("held")).QuerySelector("a")!.GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(ByTestId("payload")));
        Assert.Empty(page.FindAll(ByTestId("error")));
    }

    [Theory]
    [InlineData(Reasons.BotPaused, null, "Not looked for. The bot was paused")]
    // Paused between the beginning of its turn and the looking.
    [InlineData(Reasons.BotPaused, 17L, "Not looked for. The bot was paused")]
    [InlineData(Reasons.DoesNotKnow, 17L, "None")]
    [InlineData(null, null, "Not looked for yet")]
    public async Task What_was_not_answered_says_why_its_site_was_not_looked_for(string? reason, long? turn, string site)
    {
        await StoreAsync(_bot);
        var delivery = new Delivery { Id = 1, BotId = _bot.Id, DedupKey = "m1", Action = "message_create", ActorType = "user", TurnId = turn, ReceivedAt = Clock.GetUtcNow(), EventTime = Clock.GetUtcNow() };
        if (reason is null)
            delivery.Wait();
        else
            delivery.Ignore(reason, Clock.GetUtcNow());
        await StoreAsync(delivery);

        var page = Render<DeliveryPage>(p => p.Add(d => d.Id, "1"));

        Assert.Equal(site, page.WaitForElement(ByTestId("site")).TextContent);
        Assert.Equal(site, page.Find(ByTestId("context")).TextContent);
    }

    [Fact]
    public async Task A_conversation_that_nobody_has_answered_in_says_so()
    {
        await StoreAsync(_bot);
        var conversation = new Conversation { BotId = _bot.Id, FreshchatId = "c1", CreatedAt = Clock.GetUtcNow(), LastEventAt = Clock.GetUtcNow() };
        await StoreAsync(conversation);

        var page = Render<ConversationPage>(p => p.Add(c => c.Id, conversation.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal("None", page.WaitForElement(ByTestId("site")).TextContent.Trim());
        Assert.Contains("freshbot", page.Find("h1").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(ByTestId("blocked")));
        Assert.Empty(page.FindAll(ByTestId("people-may-not-see-it")));
    }

    [Theory]
    [InlineData(BotStatus.Draft, null, "It answers nobody until it goes live")]
    [InlineData(BotStatus.Draft, "token_refused", "The last attempt to connect this bot was refused")]
    [InlineData(BotStatus.Paused, null, "customers get no answer from it")]
    [InlineData(BotStatus.Archived, null, "Its webhook answers 404")]
    [InlineData(BotStatus.Live, null, null)]
    public void The_overview_says_first_what_the_status_means(BotStatus status, string? code, string? means)
    {
        var bot = Some.Bot("freshbot", status: status) with { DraftState = code is null ? null : DraftState.Failed, DraftErrorCode = code };

        var overview = Render<OverviewTab>(p => p.Add(o => o.Bot, bot).Add(o => o.Actor, Viewer));

        Assert.Equal(means is not null, overview.FindAll(".notice").Count == 1);
        Assert.Contains(means ?? "", overview.Markup, StringComparison.Ordinal);
        Assert.Equal(code is not null, overview.FindAll("[data-testid=help-link]").Count == 1);
        // Today has not been counted yet.
        Assert.Equal("–", overview.Find(ByTestId("handled-today")).TextContent);
        Assert.Empty(overview.FindAll(ByTestId("check-now")));
    }

    [Fact]
    public void Settings_are_facts_for_who_may_not_change_them_and_a_draft_leads_to_its_set_up()
    {
        var live = Render<SettingsTab>(p => p.Add(s => s.Bot, Some.Bot("freshbot", "…0042", "a-1", BotStatus.Live)).Add(s => s.Actor, Viewer));
        Assert.NotNull(live.Find(ByTestId("settings-read-only")));
        Assert.Empty(live.FindAll("input, select, textarea, button"));
        Assert.Contains("700 ms (the portal’s default)", live.Markup, StringComparison.Ordinal);
        Assert.Contains("Saved, ends in …0042", live.Markup, StringComparison.Ordinal);

        var draft = Render<SettingsTab>(p => p.Add(s => s.Bot, Some.Bot("freshbot")).Add(s => s.Actor, Admin));

        Assert.EndsWith("/connect", draft.Find("a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Empty(draft.FindAll("input, select, textarea"));
        Assert.Empty(draft.FindAll(ByTestId("settings-read-only")));
    }

    [Theory]
    [InlineData("en", "Portal configuration", "English")]
    [InlineData("es", "Configuración del portal", "español")]
    public void The_portal_s_own_page_marks_what_holds(string language, string title, string native)
    {
        Read(language);

        var page = Render<SettingsPage>();

        Assert.Equal(title, page.Find("h1").TextContent);
        Assert.Equal(native, page.Find("a[aria-current=true]").TextContent, ignoreCase: true);
        Assert.Equal("UTC", page.FindAll("dd")[1].TextContent);
        Assert.Equal("filter-system", page.Find("[aria-pressed=true]").GetAttribute("data-testid"));
        page.Find(ByTestId("filter-dark")).Click();
        Assert.Equal("filter-dark", page.Find("[aria-pressed=true]").GetAttribute("data-testid"));
    }

    [Fact]
    public void A_page_that_fails_says_so_and_can_be_tried_again()
    {
        var fails = true;
        var page = Render<PageErrorBoundary>(p =>
            p.Add<Brittle>(b => b.ChildContent, child => child.Add(c => c.Fails, () => fails))
        );
        Assert.Equal("page_failed", page.Find(ByTestId("error")).GetAttribute("data-code"));

        fails = false;
        page.Find(ByTestId("try-again")).Click();

        Assert.Empty(page.FindAll(ByTestId("error")));
        Assert.Equal("well", page.Find("p").TextContent);
    }

    private static void AssertProblem<TPage>(IRenderedComponent<TPage> page, string code, string list)
        where TPage : IComponent
    {
        var error = page.WaitForElement(ByTestId("error"));
        Assert.Equal(code, error.GetAttribute("data-code"));
        Assert.Contains(error.QuerySelectorAll("a"), link => link.GetAttribute("href") == list);
    }

    private sealed class Brittle : ComponentBase
    {
        [Parameter]
        public Func<bool> Fails { get; set; } = () => false;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (Fails())
                throw new InvalidOperationException("as a test wants it");
            builder.AddMarkupContent(0, "<p>well</p>");
        }
    }
}
