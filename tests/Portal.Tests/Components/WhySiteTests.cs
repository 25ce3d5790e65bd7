using Bunit;
using Core.Bots;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Security;
using Portal.Components.Sites;

namespace Portal.Tests.Components;

/// <summary>Why a turn was asked in its context, read only when somebody wants to know.</summary>
public sealed class WhySiteTests : StoredPageContext
{
    private static readonly Actor Reader = new("Vera", Role.Viewer);

    [Fact]
    public async Task The_way_to_the_context_is_read_when_it_is_unfolded_and_folded_away_again()
    {
        await StoreTurnAsync();
        var fold = Render<WhyFold>(p => p.Add(w => w.TurnId, "7").Add(w => w.Actor, Reader));
        Assert.Equal("Why this context?", fold.Find("summary").TextContent);
        Assert.Empty(fold.FindComponents<WhySite>());

        fold.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);

        fold.WaitForAssertion(() => Assert.Equal("Site cocina by rule 1 (User property) → context comida", fold.Find(ByTestId("why-then")).TextContent));
        fold.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        Assert.Empty(fold.FindComponents<WhySite>());
    }

    [Fact]
    public async Task Topics_whose_names_cannot_be_read_are_told_by_their_ids()
    {
        await StoreTurnAsync(topic: "t-food");

        var why = Show("7");

        why.WaitForAssertion(() => Assert.Equal("Site t-food by rule 2 (Topic) → context kitchen", why.Find(ByTestId("why-then")).TextContent));
    }

    [Fact]
    public async Task A_turn_is_read_again_when_it_has_changed_and_only_then()
    {
        var bot = await StoreTurnAsync();
        var why = Show("7", "Saying");
        why.WaitForElement(ByTestId("why-then"));
        Assert.Empty(why.FindAll(ByTestId("why-changed")));
        await WriteAsync(async db =>
        {
            (await db.FindAsync<Bot>(bot.Id))!.DefaultContext = "other";
        });

        why.Render(p => p.Add(w => w.Version, "Saying"));
        Assert.Empty(why.FindAll(ByTestId("why-changed")));
        why.Render(p => p.Add(w => w.Version, "Done"));

        why.WaitForElement(ByTestId("why-changed"));
    }

    [Fact]
    public void A_turn_that_is_not_there_says_so()
    {
        var why = Show("4711");

        why.WaitForAssertion(() => Assert.Equal("turn_not_found", why.Find(ByTestId("field-error")).GetAttribute("data-code")));
    }

    private IRenderedComponent<WhySite> Show(string turn, string? version = null) =>
        Render<WhySite>(p => p.Add(w => w.TurnId, turn).Add(w => w.Version, version).Add(w => w.Actor, Reader));

    private async Task<Bot> StoreTurnAsync(string? topic = null)
    {
        var bot = Bot(status: BotStatus.Live);
        bot.Sites.AddRange([
            new() { Position = 1, Source = SiteSource.UserProperty, SiteId = "cocina", Context = "comida" },
            new() { Position = 2, Source = SiteSource.Topic, SiteId = "t-food", Context = "kitchen" },
        ]);
        var evidence = new SiteEvidence(topic is null ? ["cocina"] : [], topic, null);
        var match = ResolveContext.Resolve(bot.Sites, null, evidence);
        await StoreAsync(
            bot,
            new Conversation { Id = 3, BotId = bot.Id, FreshchatId = "c-3" },
            new Turn
            {
                Id = 7,
                BotId = bot.Id,
                ConversationId = 3,
                Context = match.Context,
                SiteId = match.SiteId,
                SiteFoundIn = match.FoundIn,
                SiteRulePosition = match.RulePosition,
                SiteEvidence = KeptEvidence.Of(evidence, UserRead.Read, SiteRules.Fingerprint(bot.Sites, null)).Write(),
            }
        );
        return bot;
    }
}
