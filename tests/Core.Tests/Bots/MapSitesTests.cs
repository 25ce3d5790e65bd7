using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Sites;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>A site nobody has named yet: seen, mapped, and followed from the next turn on.</summary>
[Trait("Database", "both")]
public sealed class MapSitesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_site_that_is_mapped_is_no_longer_unknown_and_the_next_message_follows()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Site = "cocina";
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        var (bot, map, unknown) = (desk.BotId, desk.Portal.Get<MapSites>(), desk.Portal.Get<FindUnknownSites>());

        var seen = (await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!.Single(u => u.Source is SiteSource.UserProperty);
        var conversation = await desk.Portal.ConversationAsync();
        Assert.Equal(("cocina", 1, $"{conversation.Id}"), (seen.Value, seen.Count, seen.ConversationId));
        var mapped = await map.MapAsync(TemporaryPortal.Operator, bot, new() { Source = seen.Source, SiteId = seen.Value, Context = "utensilios" }, None);
        await desk.ArriveAsync(Webhook.Customer("m2", 1));
        await desk.FateAsync("m2 Handled");

        Assert.Equal("utensilios", Assert.Single(mapped.Value!.Rules).Context);
        // Its topic has no rule either, but the site is found without.
        Assert.Empty((await unknown.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!);
        var rooms = desk.Far.Requests.Where(r => r.Target.EndsWith("create:=room", StringComparison.Ordinal)).Select(r => r.Body).ToList();
        Assert.Equal([false, true], rooms.Select(body => body.Contains("\"sub-channel\":\"utensilios\"", StringComparison.Ordinal)));
        Assert.Equal("utensilios", (await desk.Portal.ConversationAsync()).Context);
    }

    [Fact]
    public async Task However_many_values_are_settled_what_is_not_is_found_behind_them()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Sites.AddRange(Enumerable.Range(0, 450).Select(i => new SiteRule { Position = i + 1, SiteId = $"known-{i}", Context = "x" })));
        await portal.AddAsync(Enumerable.Range(0, 450).Select(i => new UnknownSite { BotId = bot.Id, Source = SiteSource.Topic, Value = $"known-{i}", LastSeenAt = Webhook.Start.AddMinutes(i / 100) }));
        await portal.AddAsync(new UnknownSite { BotId = bot.Id, Source = SiteSource.Topic, Value = "cocina", LastSeenAt = Webhook.Start.AddDays(-1) });

        Assert.Equal("cocina", Assert.Single((await portal.Get<FindUnknownSites>().HandleAsync(TemporaryPortal.Viewer, bot.Id, None)).Value!).Value);
    }

    [Fact]
    public async Task A_message_that_waits_while_its_site_is_mapped_is_asked_in_the_new_context()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:QuietWindow", "00:00:02"));
        desk.Far.Site = "cocina";
        await desk.ArriveAsync(Webhook.Customer("m1", 0));

        await desk.Portal.Get<MapSites>().MapAsync(TemporaryPortal.Operator, desk.BotId, new() { SiteId = "cocina", Context = "utensilios" }, None);

        Assert.Equal(("utensilios", 1), ((await desk.EndedAsync()).Context, (await desk.EndedAsync()).SiteRulePosition));
    }

    [Fact]
    public async Task A_turn_is_explained_by_what_was_known_then_and_says_when_the_rules_have_changed()
    {
        await using var desk = await Desk.OpenAsync(bot => bot.Sites.Add(new() { Position = 1, Source = SiteSource.Any, SiteId = "cocina", Context = "utensilios" }));
        desk.Far.Site = "cocina";
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var turn = await desk.EndedAsync();
        var explain = desk.Portal.Get<ExplainSite>();

        var same = (await explain.HandleAsync(TemporaryPortal.Viewer, $"{turn.Id}", None)).Value!;
        Assert.Equal((false, new SiteMatch("utensilios", "cocina", SiteSource.UserProperty, 1)), (same.RulesChanged, same.Then));
        Assert.Equal((same.Then, UserRead.Read), (same.Now!.Match, same.Evidence!.User));
        await desk.Portal.Get<MapSites>().ReplaceAsync(TemporaryPortal.Operator, desk.BotId, [new() { SiteId = "cocina", Context = "otra" }], None);
        var changed = (await explain.HandleAsync(TemporaryPortal.Viewer, $"{turn.Id}", None)).Value!;

        Assert.Equal((true, "utensilios", "otra"), (changed.RulesChanged, changed.Then.Context, changed.Now!.Match.Context));
        Assert.Equal("turn_not_found", (await explain.HandleAsync(TemporaryPortal.Viewer, "0", None)).Error?.Code);
        Assert.Equal(1, (await desk.Portal.Get<CountRuleUse>().HandleAsync(TemporaryPortal.Viewer, desk.BotId, None)).Value!.Single().Conversations);
    }

    [Fact]
    public async Task A_user_that_cannot_be_read_is_told_as_such()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Target.Contains("/users/", StringComparison.Ordinal) ? new Reply(404, "{}") : null;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));

        var explained = await desk.Portal.Get<ExplainSite>().HandleAsync(TemporaryPortal.Viewer, $"{(await desk.EndedAsync()).Id}", None);

        Assert.Equal((UserRead.Failed, null), (explained.Value!.Evidence!.User, explained.Value.Then.RulePosition));
    }

    [Fact]
    public async Task Nobody_overwrites_what_others_have_changed_meanwhile()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var map = portal.Get<MapSites>();
        var mine = (await map.ReadAsync(TemporaryPortal.Viewer, bot.Id, None)).Value!;
        await map.MapAsync(TemporaryPortal.Operator, bot.Id, new() { SiteId = "theirs", Context = "x" }, None);

        SiteMap changed = new([new() { SiteId = "mine", Context = "y" }], " rest ", mine.Mark);
        Assert.Equal("sites_changed", (await map.SaveAsync(TemporaryPortal.Operator, bot.Id, changed, None)).Error?.Code);
        var forced = await map.SaveAsync(TemporaryPortal.Operator, bot.Id, changed with { Mark = null }, None);

        Assert.Equal(("mine", "rest"), (forced.Value!.Rules.Single().SiteId, forced.Value.DefaultContext));
        Assert.Equal("role_too_low", (await map.SaveAsync(TemporaryPortal.Viewer, bot.Id, changed, None)).Error?.Code);
        Assert.Equal("role_too_low", (await map.MapAsync(TemporaryPortal.Viewer, bot.Id, changed.Rules[0], None)).Error?.Code);
        Assert.Equal("site_context_required", (await map.MapAsync(TemporaryPortal.Operator, bot.Id, new() { SiteId = "a" }, None)).Error?.Code);
        Assert.Equal("bot_not_found", (await portal.Get<FindUnknownSites>().HandleAsync(TemporaryPortal.Viewer, Guid.NewGuid(), None)).Error?.Code);
    }

    [Fact]
    public async Task What_was_mapped_is_kept_with_who_did_it_and_the_same_rules_are_no_change()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Sites.Add(new() { Position = 1, SiteId = "a", Context = "x" }));
        var map = portal.Get<MapSites>();

        await map.ReplaceAsync(TemporaryPortal.Operator, bot.Id, [new() { SiteId = "a", Context = "x" }], None);
        await map.SaveAsync(TemporaryPortal.Operator, bot.Id, new([new() { SiteId = "a", Context = "y" }], "rest", null), None);

        var change = Assert.Single(await portal.ReadAsync(db => db.BotChanges.ToListAsync()));
        Assert.Equal((BotAct.SitesMapped, "olga", 1), (change.What, change.By, change.Version));
        Assert.Equal([new("defaultContext", null, "rest"), new("sites", "Any: a → x", "Any: a → y")], change.Fields);
    }

    [Fact]
    public async Task A_rule_keeps_its_age_when_the_list_is_written_again()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.Sites.Add(new() { Position = 1, SiteId = "old", Context = "x", AddedAt = Webhook.Start }));

        await portal.Get<MapSites>().ReplaceAsync(TemporaryPortal.Operator, bot.Id, [new() { SiteId = "new", Context = "x" }, new() { SiteId = " old ", Context = "y" }], None);

        var rules = await portal.ReadAsync(db => db.Set<SiteRule>().OrderBy(r => r.Position).ToListAsync());
        Assert.Equal(("old", Webhook.Start), (rules[1].SiteId, rules[1].AddedAt));
        Assert.True(rules[0].AddedAt > Webhook.Start);
    }

    [Fact]
    public async Task The_account_s_topics_are_listed_by_name()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Target.Contains("/channels", StringComparison.Ordinal) ? Reply.Example("rest-channels") : null;
        var (topics, bot) = (desk.Portal.Get<FindTopics>(), desk.BotId);

        var listed = (await topics.HandleAsync(TemporaryPortal.Viewer, bot, None)).Value!;
        await topics.HandleAsync(TemporaryPortal.Viewer, bot, None);

        Assert.Equal(listed.Select(t => t.Name).Order(StringComparer.OrdinalIgnoreCase), listed.Select(t => t.Name));
        Assert.NotEmpty(listed);
        Assert.Single(desk.Far.Requests, r => r.Target.Contains("/channels", StringComparison.Ordinal));
    }
}
