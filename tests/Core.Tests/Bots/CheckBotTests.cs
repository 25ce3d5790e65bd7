using System.Buffers.Text;
using System.Text;
using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using CapturedLogs = Support.CapturedLogs;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>How a bot stands, as both far sides tell it; and what is done about what they hold differently.</summary>
[Trait("Database", "both")]
public sealed partial class CheckBotTests : IAsyncDisposable
{
    private readonly AccountAndPlatform far = new();
    private FarSides sides = null!;
    private TemporaryPortal portal = null!;
    private Bot bot = null!;

    [Fact]
    public async Task A_bot_that_is_as_the_portal_holds_it_is_well()
    {
        await OpenAsync();

        var view = await CheckAsync();

        Assert.NotNull(view.CheckedAt);
        Assert.Empty(view.Differences);
        Assert.Equal(Asked, view.Health.Where(c => c.CheckedAt is not null).Select(c => c.Check).Order());
        Assert.All(view.Health.Where(c => c.CheckedAt is not null), c => Assert.Equal(CheckState.Ok, c.State));
    }

    [Fact]
    public async Task Of_two_check_ups_that_overlap_the_one_that_asked_later_counts()
    {
        await OpenAsync();
        var name = far.Bot["name"]!.DeepClone();
        far.Bot["name"] = "somebody's bot";
        var first = true;
        sides.Instead = request =>
        {
            var answer = far.Answer(request);
            if (!first || !request.Target.Contains("graph/user:", StringComparison.Ordinal))
                return answer;
            first = false;
            far.Bot["name"] = name;
            CheckAsync().GetAwaiter().GetResult();
            return answer;
        };

        await CheckAsync();

        var kept = await portal.ReadAsync(db => db.Checkups.SingleAsync());
        Assert.Empty(kept.Differences);
    }

    [Theory]
    [InlineData("token", "token", "token_refused")]
    [InlineData("forbidden", "scope", "token_forbidden")]
    [InlineData("appId", "app_id", "app_id_mismatch")]
    [InlineData("agent", "agent", "agent_not_found")]
    [InlineData("group", "group", "group_not_found")]
    [InlineData("freshchat", "freshchat", "not_json")]
    [InlineData("platform", "mammut_reachable", "mammut_server_error")]
    [InlineData("unknown", "mammut", "mammut_id_unknown")]
    public async Task What_is_wrong_is_named_and_needs_attention(string what, string check, string code)
    {
        await OpenAsync();
        _ = what switch
        {
            "token" => far.Token = "a-token-of-tomorrow",
            "forbidden" => far.Account = r => r.Target.Contains("/agents", StringComparison.Ordinal) ? Reply.Example("error-403", 403) : null,
            "appId" => far.AppId = "another",
            "agent" => far.Account = r => r.Target.Contains("/agents", StringComparison.Ordinal) ? new Reply(200, """{"agents":[]}""") : null,
            "group" => far.Account = r => r.Target.Contains("/groups", StringComparison.Ordinal) ? new Reply(200, """{"groups":[]}""") : null,
            "freshchat" => far.Account = _ => new Reply(200, "<html></html>", "text/html"),
            "platform" => far.Platform = _ => new Reply(500, "{}"),
            _ => (object)(far.Platform = _ => Reply.Example("mammut-read-not-found")),
        };

        var view = await CheckAsync();

        Assert.Contains(view.Health, c => c.Check == check && c.Code == code && c.State == CheckState.Failed);
        var list = await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(NeedsAttention: true), 10, null, CancellationToken.None);
        Assert.Equal(code, Assert.Single(list.Value!.Items).Attention);
    }

    [Fact]
    public async Task A_bot_whose_events_go_to_a_draft_needs_attention()
    {
        await OpenAsync();
        var draft = await portal.BotAsync(b => (b.Status, b.MammutId) = (BotStatus.Draft, null));
        var now = TimeProvider.System.GetUtcNow();
        await portal.AddAsync(new BotActivity { BotId = draft.Id, FirstEventAt = now, LastEventAt = now });

        await CheckAsync();

        var list = await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(NeedsAttention: true), 10, null, CancellationToken.None);
        Assert.Equal((bot.Id, "events_elsewhere"), (Assert.Single(list.Value!.Items).Id, list.Value.Items[0].Attention));
    }

    [Fact]
    public async Task Events_that_come_here_again_leave_what_else_the_check_up_found()
    {
        await OpenAsync();
        far.Bot["name"] = "somebody's bot";
        var draft = await portal.BotAsync(b => (b.Status, b.MammutId) = (BotStatus.Draft, null));
        var now = TimeProvider.System.GetUtcNow();
        await portal.AddAsync(new BotActivity { BotId = draft.Id, FirstEventAt = now, LastEventAt = now });
        await CheckAsync();
        Assert.Equal("events_elsewhere", await AttentionAsync());

        await portal.AddAsync(new BotActivity { BotId = bot.Id, FirstEventAt = now, LastEventAt = now.AddHours(1) });

        Assert.Equal("drift", await AttentionAsync());
        async Task<string?> AttentionAsync() =>
            Assert.Single((await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(NeedsAttention: true), 10, null, CancellationToken.None)).Value!.Items).Attention;
    }

    [Fact]
    public async Task A_refused_token_raises_the_alarm_and_an_accepted_one_ends_it()
    {
        await OpenAsync();
        var token = far.Token;
        far.Token = "a-token-of-tomorrow";
        await CheckAsync();
        Assert.NotNull(await portal.ReadAsync(db => db.Bots.Select(b => b.TokenRefusedAt).SingleAsync()));

        far.Token = token;
        var view = await CheckAsync();

        Assert.Null(await portal.ReadAsync(db => db.Bots.Select(b => b.TokenRefusedAt).SingleAsync()));
        Assert.Equal((0, CheckState.Ok), (view.Version, view.Health.Single(c => c.Check == "token").State));
    }

    [Theory]
    [InlineData(15, CheckState.Ok, null)]
    [InlineData(13, CheckState.Warning, "token_expires_soon")]
    [InlineData(-1, CheckState.Warning, "token_expired")]
    public async Task A_token_that_ends_by_its_own_account_is_spoken_of_while_it_still_works(int days, CheckState state, string? code)
    {
        var end = TimeProvider.System.GetUtcNow().AddDays(days).ToUnixTimeSeconds();
        var token = $"eyJhbGciOiJIUzI1NiJ9.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes($$"""{"exp":{{end}}}"""))}.c2VhbA";
        await OpenAsync(token: token);
        await CheckAsync();
        Assert.NotNull(await portal.ReadAsync(db => db.Bots.Select(b => b.TokenRefusedAt).SingleAsync()));

        far.Token = token;
        var check = (await CheckAsync()).Health.Single(c => c.Check == "token");

        Assert.Equal((state, code), (check.State, check.Code));
        Assert.Equal(code is null ? null : DateTimeOffset.FromUnixTimeSeconds(end).ToString("O"), check.Arguments?["at"]);
        Assert.Null(await portal.ReadAsync(db => db.Bots.Select(b => b.TokenRefusedAt).SingleAsync()));
    }

    [Fact]
    public async Task An_account_that_wants_to_be_left_alone_keeps_what_was_known()
    {
        await OpenAsync();
        var known = await CheckAsync();
        far.Account = _ => Reply.Example("error-429", 429);

        var limited = await portal.Get<CheckBot>().HandleAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None);

        Assert.Equal("rate_limited", limited.Error?.Code);
        Assert.Equal(known.CheckedAt, (await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None)).Value!.CheckedAt);
        Assert.Equal("role_too_low", (await portal.Get<CheckBot>().HandleAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task Theirs_is_adopted_with_the_checks_of_any_change()
    {
        await OpenAsync();
        far.Bot["freshchat-group-name"] = "Pedidos";
        far.Bot["name"] = "bot de pedidos";
        var differences = (await CheckAsync()).Differences;
        Assert.Equal(
            [new(FarSideName.Mammut, "groupName", "Mammut Bot Support team", "Pedidos"), new(FarSideName.Mammut, "name", "freshbot", "bot de pedidos")],
            differences
        );

        var adopted = await AdoptAsync(differences[0]);

        Assert.Equal(("Pedidos", "g-2"), (adopted.Value?.Freshchat.GroupName, adopted.Value?.Freshchat.GroupId));
        Assert.Equal([differences[1]], adopted.Value?.Differences);
        var noted = Assert.Single(await portal.ReadAsync(db => db.BotChanges.ToListAsync()));
        Assert.Equal((BotAct.Adopted, new FieldChange("groupName", "Mammut Bot Support team", "Pedidos")), (noted.What, noted.Fields.Single()));
        Assert.Equal("drift_changed", (await AdoptAsync(differences[0])).Error?.Code);
        far.Bot["freshchat-group-name"] = "nobody";
        Assert.Equal("group_not_found", (await AdoptAsync(new(FarSideName.Mammut, "groupName", "Pedidos", "nobody"))).Error?.Code);
    }

    [Fact]
    public async Task Ours_is_applied_again()
    {
        await OpenAsync();
        (far.Bot["freshchat-group-name"], far.Bot["name"]) = ("", "somebody's");
        Assert.Equal(2, (await CheckAsync()).Differences.Count);

        var applied = await portal.Get<SettleDrift>().ApplyAgainAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None);

        Assert.Equal([], applied.Value?.Differences);
        Assert.Equal(("Mammut Bot Support team", "freshbot", far.Token), ((string?)far.Bot["freshchat-group-name"], (string?)far.Bot["name"], (string?)far.Bot["freshchat-access-token"]));
    }

    [Fact]
    public async Task Names_that_changed_in_Freshchat_are_adopted()
    {
        await OpenAsync();
        (far.AgentName, far.GroupName) = ("Bot Cocina", "Equipo de apoyo");
        var differences = (await CheckAsync()).Differences;
        Assert.Equal(["agentName", "groupName"], differences.Select(d => d.Field));
        Assert.All(differences, d => Assert.False(d.MayApply));

        Assert.True((await AdoptAsync(differences[0])).Succeeded);
        var adopted = await AdoptAsync(differences[1]);

        Assert.Equal(("Bot Cocina", "Equipo de apoyo"), (adopted.Value?.Freshchat.AgentName, adopted.Value?.Freshchat.GroupName));
        Assert.Equal([], adopted.Value?.Differences);
        Assert.Equal("Equipo de apoyo", (string?)far.Bot["freshchat-group-name"]);
    }

    [Fact]
    public async Task What_was_found_says_nothing_about_settings_that_have_changed_since()
    {
        await OpenAsync();
        far.Bot["name"] = "somebody's";
        await CheckAsync();

        await ChangeAsync();

        var view = await ReadAsync();
        Assert.Equal((null, 0), (view.CheckedAt, view.Differences.Count));
        Assert.Equal(Asked, NotChecked(view));
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await sides.DisposeAsync();
    }

    private async Task OpenAsync(TimeProvider? clock = null, string? token = null)
    {
        sides = await FarSides.StartAsync();
        sides.Instead = far.Answer;
        portal = await TemporaryPortal.OpenAsync(sides.Url, clock);
        bot = await portal.BotAsync(b =>
        {
            b.ProvisionedAt = TimeProvider.System.GetUtcNow();
            b.AgentName = "Bot Comida";
            b.ProtectedToken = token is null ? b.ProtectedToken : portal.Get<Secrets>().Protect(token);
            b.Keys.Add(new BotKey { Fingerprint = "f", Spki = [1] });
        });
    }

    private async Task<BotView> CheckAsync()
    {
        var view = await portal.Get<CheckBot>().HandleAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None);
        Assert.True(view.Succeeded, view.Error?.ToString());
        return view.Value;
    }

    private async Task<BotView> ReadAsync() => (await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None)).Value!;

    private Task<Result<BotView>> AdoptAsync(Difference difference) =>
        portal.Get<SettleDrift>().AdoptAsync(TemporaryPortal.Admin, bot.Id, difference, CancellationToken.None);
}
