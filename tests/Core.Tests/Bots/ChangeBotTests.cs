using System.Security.Cryptography;
using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Sites;
using Core.Outcomes;
using Core.Security;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>A bot that is connected is changed: checked like connecting, told to Mammut, kept with who did it.</summary>
[Trait("Database", "both")]
public sealed class ChangeBotTests : IAsyncDisposable
{
    private readonly AccountAndPlatform far = new();
    private FarSides sides = null!;
    private TemporaryPortal portal = null!;
    private Bot bot = null!;

    [Fact]
    public async Task Mammut_is_sent_what_changed_and_nothing_else()
    {
        await OpenAsync();

        var changed = await ChangeAsync(s => (s.Name, s.Freshchat.AgentId) = ("freshbot 2", AccountAndPlatform.OtherAgent));

        Assert.Equal(("freshbot 2", "Bot Dos", 1), (changed.Value?.Name, changed.Value?.Freshchat.AgentName, changed.Value?.Version));
        var update = Assert.Single(sides.Requests, r => r.Target.Contains("graph/user:730114?", StringComparison.Ordinal));
        Assert.Equal(["freshchat-actor-id", "name"], update.Target.Split('?')[1].Split('&').Select(p => p.Split('=')[0]).Order());
        Assert.Contains(changed.Value!.Health, c => c is { Check: "mammut", State: CheckState.NotChecked });
    }

    [Fact]
    public async Task What_no_far_side_knows_is_changed_without_asking_one()
    {
        await OpenAsync();

        var changed = await ChangeAsync(s => (s.Policies, s.Locale) = (new() { GiveBackAfterHours = 8 }, "es"));

        Assert.Equal((8, "es", AccountAndPlatform.Group), (changed.Value?.Policies.GiveBackAfterHours, changed.Value?.Locale, changed.Value?.Freshchat.GroupId));
        Assert.Empty(sides.Requests);
    }

    [Fact]
    public async Task Nobody_writes_over_what_somebody_else_has_changed()
    {
        await OpenAsync();
        Assert.True((await ChangeAsync(s => s.Freshchat.GroupName = "Pedidos", version: 0)).Succeeded);

        Assert.Equal("version_mismatch", (await ChangeAsync(s => s.Name = "mine", version: 0)).Error?.Code);

        var since = await portal.Get<FindChanges>().SinceAsync(TemporaryPortal.Admin, bot.Id, 0, CancellationToken.None);
        var change = Assert.Single(since.Value!);
        Assert.Equal(("ada", BotAct.Changed, new FieldChange("groupName", "Mammut Bot Support team", "Pedidos")), (change.By, change.What, change.Fields.Single()));
    }

    [Theory]
    [InlineData("agentId", "agent_not_found")]
    [InlineData("groupName", "group_not_found")]
    [InlineData("groupOfTheBot", "group_contains_bot")]
    [InlineData("appId", "app_id_malformed")]
    [InlineData("name", "required")]
    [InlineData("token", "required")]
    [InlineData("keys", "public_key_last")]
    [InlineData("mammutId", "mammut_id_fixed")]
    [InlineData("quietWindow", "quiet_window_invalid")]
    public async Task What_would_not_work_is_refused_and_nothing_is_kept(string what, string code)
    {
        await OpenAsync();

        var refused = await ChangeAsync(s =>
            _ = what switch
            {
                "agentId" => s.Freshchat.AgentId = "somebody",
                "groupName" => s.Freshchat.GroupName = "nobody",
                "groupOfTheBot" => (s.Freshchat.AgentId, s.Freshchat.GroupName) = (AccountAndPlatform.OtherAgent, "Pedidos"),
                "appId" => s.Freshchat.AppId = "another",
                "name" => s.Name = " ",
                "token" => s.Freshchat.ApiToken = "",
                "keys" => s.Freshchat.PublicKeys = [],
                "mammutId" => s.Mammut.MammutId = 1,
                _ => (object)(s.QuietWindow = TimeSpan.FromMinutes(1))!,
            }
        );

        Assert.Equal(code, refused.Error?.Code);
        var kept = await portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal((0, "freshbot"), (kept.Version, kept.Name));
        Assert.DoesNotContain(sides.Requests, r => r.Method == "POST");
        Assert.Empty(await portal.ReadAsync(db => db.BotChanges.ToListAsync()));
    }

    [Fact]
    public async Task What_Mammut_missed_is_shown_and_told_with_the_next_change()
    {
        await OpenAsync();
        far.Platform = _ => Reply.Cut;
        var untold = await ChangeAsync(s => s.Freshchat.GroupName = null);
        Assert.StartsWith("mammut_", untold.Error?.Code, StringComparison.Ordinal);
        var view = await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None);
        Assert.Contains(view.Value!.Health, c => c is { Check: "mammut", Code: "mammut_untold" });

        far.Platform = _ => null;
        Assert.True((await ChangeAsync(s => s.Name = "freshbot 2")).Succeeded);

        Assert.Equal(("", "freshbot 2"), ((string?)far.Bot["freshchat-group-name"], (string?)far.Bot["name"]));
    }

    [Fact]
    public async Task A_change_that_Mammut_missed_is_told_when_it_is_made_again()
    {
        await OpenAsync();
        far.Platform = _ => Reply.Cut;
        Assert.False((await ChangeAsync(s => s.Name = "freshbot 2")).Succeeded);
        Assert.False((await ChangeAsync(s => s.Name = "freshbot 2")).Succeeded);

        far.Platform = _ => null;
        var told = await ChangeAsync(s => s.Name = "freshbot 2");

        Assert.Equal((1, false, "freshbot 2"), (told.Value?.Version, told.Value?.MammutUntold, (string?)far.Bot["name"]));
        Assert.Single(await portal.ReadAsync(db => db.BotChanges.ToListAsync()));
    }

    [Fact]
    public async Task A_name_that_Mammut_missed_goes_with_the_next_change_as_the_preview_says()
    {
        await OpenAsync();
        far.Platform = _ => Reply.Cut;
        await ChangeAsync(s => s.Name = "freshbot 2");
        var before = (await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None)).Value!;
        var after = before.ToSettings();
        after.Freshchat.GroupName = null;

        far.Platform = _ => null;
        var previewed = TellMammut.Preview(before.ToSettings(), after, before.MammutUntold);
        await ChangeAsync(s => s.Freshchat.GroupName = null);

        Assert.Equal(("freshbot 2", "", far.Token), ((string?)far.Bot["name"], (string?)far.Bot["freshchat-group-name"], (string?)far.Bot["freshchat-access-token"]));
        var sent = sides.Requests.Last(r => r.Target.Contains("graph/user:730114?", StringComparison.Ordinal)).Target.Split('?')[1].Split('&');
        Assert.Equal(sent.Select(p => p.Split('=')[0]), previewed.Select(p => p.Key));
        Assert.Equal(("freshbot 2", Redaction.Mask), (previewed[0].Value, previewed[2].Value));
    }

    [Fact]
    public async Task Whoever_was_overtaken_on_the_way_to_Mammut_sends_what_is_there_by_then()
    {
        await OpenAsync();
        var overtaken = false;
        far.Platform = request =>
        {
            if (request.Method == "POST" && !overtaken)
            {
                overtaken = true;
                Assert.True(ChangeAsync(s => s.Freshchat.GroupName = "Pedidos").GetAwaiter().GetResult().Succeeded);
            }
            return null;
        };

        var changed = await ChangeAsync(s => s.Freshchat.GroupName = null);

        Assert.Equal(("Pedidos", false), (changed.Value?.Freshchat.GroupName, changed.Value?.MammutUntold));
        Assert.Equal("Pedidos", (string?)far.Bot["freshchat-group-name"]);
    }

    [Fact]
    public async Task Keys_that_are_changed_are_named_and_the_same_keys_are_no_change()
    {
        await OpenAsync();
        using var key = RSA.Create(2048);
        var fingerprint = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));
        await ChangeAsync(s => s.Freshchat.PublicKeys = [key.ExportSubjectPublicKeyInfoPem()]);

        var again = await ChangeAsync(s => s.Freshchat.PublicKeys = [Convert.ToBase64String(key.ExportRSAPublicKey())]);

        Assert.Equal(1, again.Value?.Version);
        var change = Assert.Single(await portal.ReadAsync(db => db.BotChanges.ToListAsync()));
        Assert.Equal(new FieldChange("publicKeys", null, fingerprint), Assert.Single(change.Fields));
    }

    [Fact]
    public async Task A_viewer_changes_nothing()
    {
        await OpenAsync();

        Assert.Equal("role_too_low", (await ChangeAsync(s => s.Name = "x", actor: TemporaryPortal.Operator)).Error?.Code);
        Assert.Equal("role_too_low", (await portal.Get<FindChanges>().ListAsync(TemporaryPortal.Operator, null, 10, null, CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task A_clone_is_a_draft_without_what_belongs_to_one_account()
    {
        await OpenAsync();
        await ChangeAsync(settings =>
        {
            settings.Sites = [new() { Source = SiteSource.Topic, SiteId = "t-1", Context = "comida" }];
            settings.Messages = new() { HandOver = new() { Es = "Le atiende una persona." } };
        });

        var clone = await portal.Get<CloneBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, "freshbot copy", CancellationToken.None);

        var view = clone.Value!;
        Assert.Equal((BotStatus.Draft, "freshbot copy", "", null, null), (view.Status, view.Name, view.Freshchat.AppId, view.Freshchat.ApiTokenHint, view.Mammut.MammutId));
        Assert.Equal(("", "", null, 0), (view.Freshchat.ChatUrl, view.Freshchat.AgentId, view.Freshchat.GroupName, view.Freshchat.PublicKeys.Count));
        Assert.Equal(("t-1", "comida", "Le atiende una persona."), (view.Sites.Single().SiteId, view.Sites.Single().Context, view.Messages.HandOver.Es));
    }

    [Fact]
    public async Task Who_did_what_is_kept_and_read_a_page_at_a_time()
    {
        await OpenAsync();
        await portal.Get<PauseBot>().PauseAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None);
        await portal.Get<PauseBot>().ResumeAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None);
        await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None);

        var first = await portal.Get<FindChanges>().ListAsync(TemporaryPortal.Admin, bot.Id, 2, null, CancellationToken.None);
        var rest = await portal.Get<FindChanges>().ListAsync(TemporaryPortal.Admin, null, 2, first.Value!.Next, CancellationToken.None);

        Assert.Equal(["Archived ada", "Resumed olga"], first.Value.Items.Select(c => $"{c.What} {c.By}"));
        Assert.Equal(["Paused olga"], rest.Value!.Items.Select(c => $"{c.What} {c.By}"));
        Assert.Null(rest.Value.Next);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await sides.DisposeAsync();
    }

    private async Task OpenAsync()
    {
        sides = await FarSides.StartAsync();
        sides.Instead = far.Answer;
        portal = await TemporaryPortal.OpenAsync(sides.Url);
        bot = await portal.BotAsync(b => b.ProvisionedAt = TimeProvider.System.GetUtcNow());
    }

    private async Task<Result<BotView>> ChangeAsync(Action<BotSettings> change, int? version = null, Actor? actor = null)
    {
        var settings = (await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None)).Value!.ToSettings();
        change(settings);
        return await portal.Get<ChangeBot>().HandleAsync(actor ?? TemporaryPortal.Admin, bot.Id, settings, version, CancellationToken.None);
    }
}
