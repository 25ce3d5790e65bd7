using Core.Bots;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

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
        desk.Far.Instead = WithSite("cocina");
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        var bot = (await desk.Portal.ReadAsync(db => db.Bots.SingleAsync())).Id;
        var (find, unknown) = (desk.Portal.Get<FindConversations>(), desk.Portal.Get<FindUnknownSites>());
        var id = $"{(await desk.Portal.ConversationAsync()).Id}";

        var site = (await find.GetAsync(TemporaryPortal.Viewer, id, None)).Value!.UnknownSite;
        Assert.Equal((SiteSource.UserProperty, "cocina"), (site?.Source, site?.Value));
        // The topic as well, but one rule is enough.
        Assert.Equal(2, (await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!.Count);
        Assert.Equal(1, (await unknown.CountAsync(TemporaryPortal.Viewer, bot, None)).Value);

        await desk.Portal.Get<MapSites>().MapAsync(TemporaryPortal.Operator, bot, new() { SiteId = "cocina", Context = "x" }, None);

        Assert.Null((await find.GetAsync(TemporaryPortal.Viewer, id, None)).Value!.UnknownSite);
        Assert.Equal(0, (await unknown.CountAsync(TemporaryPortal.Viewer, bot, None)).Value);
    }

    [Fact]
    public async Task What_is_dismissed_is_off_the_list_until_it_is_met_again()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = WithSite("cocina");
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        var bot = (await desk.Portal.ReadAsync(db => db.Bots.SingleAsync())).Id;
        var (dismiss, unknown) = (desk.Portal.Get<DismissUnknownSite>(), desk.Portal.Get<FindUnknownSites>());
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
        await portal.Store.WriteAsync(
            db =>
            {
                foreach (var site in seen.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(s => s.Split(':')))
                    db.Add(new UnknownSite { BotId = bot.Id, Source = Enum.Parse<SiteSource>(site[0]), Value = site[1], LastSeenAt = Webhook.Start });
                return Task.CompletedTask;
            },
            None
        );

        Assert.Equal(count, (await portal.Get<FindUnknownSites>().CountAsync(TemporaryPortal.Viewer, bot.Id, None)).Value);
    }

    private static Func<Seen, Reply?> WithSite(string site) =>
        request =>
            request.Target.Contains("/users/", StringComparison.Ordinal)
                ? new Reply(200, $$"""{"id":"e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7","properties":[{"name":"siteId","value":"{{site}}"}]}""")
                : null;
}
