using Core.Bots;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Bots;

/// <summary>Sites that no rule knows: how many there are, at which conversation one is met, and off the list again.</summary>
[Trait("Database", "both")]
public sealed class UnknownSitesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_conversation_tells_the_site_that_waits_to_be_mapped_and_what_it_carried_counts_once()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Site = "cocina";
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        var (bot, find, unknown) = (desk.BotId, desk.Portal.Get<FindConversations>(), desk.Portal.Get<FindUnknownSites>());
        var id = $"{(await desk.Portal.ConversationAsync()).Id}";

        var site = (await find.GetAsync(TemporaryPortal.Viewer, id, None)).Value!.UnknownSite;
        Assert.Equal((SiteSource.UserProperty, "cocina"), (site?.Source, site?.Value));
        // The topic as well, but one rule is enough.
        Assert.Equal(2, (await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!.Count);
        Assert.Equal(1, (await unknown.CountAsync(TemporaryPortal.Viewer, bot, None)).Value.Sites);

        await desk.Portal.Get<MapSites>().MapAsync(TemporaryPortal.Operator, bot, new() { SiteId = "cocina", Context = "x" }, None);

        Assert.Null((await find.GetAsync(TemporaryPortal.Viewer, id, None)).Value!.UnknownSite);
        Assert.Equal(UnknownCount.None, (await unknown.CountAsync(TemporaryPortal.Viewer, bot, None)).Value);
    }

    [Fact]
    public async Task What_is_dismissed_is_off_the_list_until_it_is_met_again()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Site = "cocina";
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        var (bot, dismiss, unknown) = (desk.BotId, desk.Portal.Get<DismissUnknownSite>(), desk.Portal.Get<FindUnknownSites>());
        var seen = (await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!.Single(site => site.Value == "cocina");

        Assert.Equal("role_too_low", (await dismiss.HandleAsync(TemporaryPortal.Viewer, bot, seen.Id, None)).Error?.Code);
        Assert.Equal("bot_not_found", (await dismiss.HandleAsync(TemporaryPortal.Operator, Guid.NewGuid(), seen.Id, None)).Error?.Code);
        Assert.True((await dismiss.HandleAsync(TemporaryPortal.Operator, bot, seen.Id, None)).Succeeded);
        Assert.True((await dismiss.HandleAsync(TemporaryPortal.Operator, bot, seen.Id, None)).Succeeded);
        Assert.DoesNotContain((await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!, site => site.Value == "cocina");

        await desk.ArriveAsync(Webhook.Customer("m2", 1));
        await desk.FateAsync("m2 Handled");
        Assert.Contains((await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!, site => site.Value == "cocina");
    }

    [Theory]
    [InlineData("Topic:a", "", 0)]
    [InlineData("Topic:a", "web", 1)]
    [InlineData("Topic:a, Topic:b", "", 2)]
    [InlineData("UserProperty:a", "", 1)]
    [InlineData("", "web", 0)]
    public async Task The_only_topic_of_a_bot_without_rules_is_nothing_to_map(string seen, string rule, int count)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Sites.AddRange(rule.Length == 0 ? [] : [new SiteRule { Position = 1, SiteId = rule, Context = "x" }]));
        foreach (var site in seen.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':')))
            await portal.AddAsync(new UnknownSite { BotId = bot.Id, Source = Enum.Parse<SiteSource>(site[0]), Value = site[1], LastSeenAt = Webhook.Start });

        Assert.Equal(count, (await portal.Get<FindUnknownSites>().CountAsync(TemporaryPortal.Viewer, bot.Id, None)).Value.Sites);
    }

    [Theory]
    [InlineData(199, "199")]
    [InlineData(200, "200")]
    [InlineData(201, "200+")]
    [InlineData(230, "200+")]
    public async Task More_than_anybody_maps_by_hand_is_not_counted(int seen, string said)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.Store.WriteAsync(
            db =>
            {
                db.AddRange(Enumerable.Range(0, seen).Select(i => new UnknownSite { BotId = bot.Id, Source = SiteSource.UserProperty, Value = $"site-{i}", LastSeenAt = Webhook.Start }));
                return Task.CompletedTask;
            },
            None
        );

        Assert.Equal(said, (await portal.Get<FindUnknownSites>().CountAsync(TemporaryPortal.Viewer, bot.Id, None)).Value.ToString());
    }

    [Fact]
    public async Task What_was_too_much_to_look_through_is_said_to_be_more()
    {
        const int Looked = 10_000;
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Sites.Add(new SiteRule { Position = 1, SiteId = "web", Context = "x" }));
        var settled = KeptEvidence.Of(new(["web"], null, null), UserRead.Read, "").Write();
        await portal.AddAsync(
            new Conversation { Id = 1, BotId = bot.Id, FreshchatId = "c1" },
            new Turn { ConversationId = 1, BotId = bot.Id, SiteEvidence = settled, EndedAt = Webhook.Start },
            new UnknownSite { BotId = bot.Id, Source = SiteSource.UserProperty, Value = "waits", LastSeenAt = Webhook.Start.AddDays(1) }
        );
        await portal.AddAsync(Enumerable.Range(1, Looked - 1).Select(Settled));
        Assert.Equal("1", await SaidAsync());

        await portal.AddAsync(Settled(Looked));

        Assert.Equal("1+", await SaidAsync());
        object Settled(int i) => new UnknownSite { BotId = bot.Id, Source = SiteSource.UserProperty, Value = $"site-{i}", ConversationId = 1, LastSeenAt = Webhook.Start };
        async Task<string> SaidAsync() => (await portal.Get<FindUnknownSites>().CountAsync(TemporaryPortal.Viewer, bot.Id, None)).Value.ToString();
    }

    [Theory]
    [InlineData("UserProperty:comida, Topic:t-1", SiteSource.UserProperty)]
    [InlineData("UserProperty:comida, Topic:t-1, ReferencePrefix:comida", SiteSource.Any)]
    [InlineData("ReferencePrefix:comida, UserProperty:Comida", SiteSource.ReferencePrefix)]
    [InlineData("Topic:t-1, UserProperty:comida, ReferencePrefix:comida", SiteSource.Topic)]
    public void A_value_that_was_seen_in_several_places_is_mapped_wherever_it_stands(string seen, SiteSource source)
    {
        var sites = seen.Split(", ").Select(s => s.Split(':')).Select(s => new UnknownSiteView(0, Guid.Empty, Enum.Parse<SiteSource>(s[0]), s[1], 1, Webhook.Start, "1")).ToList();

        Assert.Equal(source, sites[0].SourceFor(sites));
    }
}
