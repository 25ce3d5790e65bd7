using System.Security.Cryptography;
using Core.Bots;
using Core.Bots.Changes;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Bots;

[Trait("Database", "both")]
public sealed class DraftsAndKeysTests : IDisposable
{
    private const string Token = "example-token-not-a-secret-9876";

    private readonly RSA one = RSA.Create(2048);
    private readonly RSA two = RSA.Create(2048);
    private readonly RSA three = RSA.Create(2048);

    [Fact]
    public async Task Saving_again_without_token_and_keys_keeps_both()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var draft = await SaveAsync(portal, null, new() { Name = "a", Freshchat = new() { ApiToken = $" Bearer {Token} ", PublicKeys = [Pem(one)] } });
        Assert.Equal("…9876", draft.Freshchat.ApiTokenHint);

        var again = await SaveAsync(portal, draft.Id, new() { Name = "b" });

        Assert.Equal(("b", "…9876", 1), (again.Name, again.Freshchat.ApiTokenHint, again.Freshchat.PublicKeys.Count));
        Assert.Equal(draft.WebhookUrl, again.WebhookUrl);
        Assert.True(again.Version > draft.Version);
        var stored = await portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal(Token, portal.Get<Secrets>().Reveal(stored.ProtectedToken));
        Assert.DoesNotContain("example-token", stored.ProtectedToken, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_keys_replace_the_old_and_the_same_key_stays_the_same_row()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var draft = await SaveAsync(portal, null, new() { Freshchat = new() { PublicKeys = [Pem(one)] } });

        var both = await SaveAsync(portal, draft.Id, new() { Freshchat = new() { PublicKeys = [Pem(two), Convert.ToBase64String(one.ExportRSAPublicKey())] } });
        var none = await SaveAsync(portal, draft.Id, new() { Freshchat = new() { PublicKeys = [] } });

        Assert.Equal(2, both.Freshchat.PublicKeys.Count);
        Assert.Contains(draft.Freshchat.PublicKeys[0], both.Freshchat.PublicKeys);
        Assert.Empty(none.Freshchat.PublicKeys);
    }

    [Fact]
    public async Task Only_an_admin_saves_and_only_a_draft_is_saved()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var live = await portal.BotAsync();
        var save = portal.Get<SaveDraft>();

        Assert.Equal("role_too_low", (await save.HandleAsync(TemporaryPortal.Operator, null, new(), CancellationToken.None)).Error?.Code);
        Assert.Equal("wrong_status", (await save.HandleAsync(TemporaryPortal.Admin, live.Id, new(), CancellationToken.None)).Error?.Code);
        Assert.Equal("bot_not_found", (await save.HandleAsync(TemporaryPortal.Admin, Guid.NewGuid(), new(), CancellationToken.None)).Error?.Code);
    }

    [Fact]
    public async Task Nobody_saves_over_a_draft_that_somebody_else_has_saved()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var mine = await SaveAsync(portal, null, new() { Name = "mine" });
        await SaveAsync(portal, mine.Id, new() { Name = "theirs" });

        var late = await portal.Get<SaveDraft>().HandleAsync(TemporaryPortal.Admin, mine.Id, new() { Name = "mine" }, CancellationToken.None, mine.Version);

        Assert.Equal("version_mismatch", late.Error?.Code);
        Assert.Equal("theirs", (await portal.ReadAsync(db => db.Bots.SingleAsync())).Name);
    }

    [Fact]
    public async Task What_is_so_already_is_neither_a_change_nor_a_version()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var keys = portal.Get<ChangeKeys>();
        var added = await AddAsync(keys, bot, one);

        var again = await AddAsync(keys, bot, one);
        var unknown = await RemoveAsync(keys, bot, two);

        Assert.Equal((added.Value?.Version, added.Value?.Version), (again.Value?.Version, unknown.Value?.Version));
        Assert.Equal(BotAct.KeyAdded, Assert.Single(await portal.ReadAsync(db => db.BotChanges.ToListAsync())).What);
    }

    [Fact]
    public async Task A_bot_that_is_archived_complains_of_no_token()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => b.TokenRefusedAt = TimeProvider.System.GetUtcNow());

        await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None);

        var listed = await portal.Get<FindBots>().ListAsync(TemporaryPortal.Viewer, new(BotStatus.Archived), 10, null, CancellationToken.None);
        Assert.Null(Assert.Single(listed.Value!.Items).Attention);
    }

    [Fact]
    public async Task What_is_discarded_as_a_draft_stays_when_it_is_live_by_then()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();

        var discarded = await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None, only: BotStatus.Draft);

        Assert.Equal("wrong_status", discarded.Error?.Code);
        Assert.Equal(BotStatus.Live, (await portal.ReadAsync(db => db.Bots.SingleAsync())).Status);
    }

    [Fact]
    public async Task A_bot_has_at_most_two_keys_and_a_live_one_keeps_its_last()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var keys = portal.Get<ChangeKeys>();

        Assert.Null((await AddAsync(keys, bot, one)).Error);
        Assert.Null((await AddAsync(keys, bot, one)).Error);
        Assert.Null((await AddAsync(keys, bot, two)).Error);
        Assert.Equal("public_keys_too_many", (await AddAsync(keys, bot, three)).Error?.Code);
        var view = (await RemoveAsync(keys, bot, one)).Value!;
        Assert.Equal([Fingerprint(two)], view.Freshchat.PublicKeys.Select(k => k.Fingerprint));
        Assert.Equal("public_key_last", (await RemoveAsync(keys, bot, two)).Error?.Code);
        Assert.Equal("role_too_low", (await keys.AddAsync(TemporaryPortal.Operator, bot.Id, Pem(three), CancellationToken.None)).Error?.Code);
    }

    [Theory]
    [InlineData(BotStatus.Draft, null)]
    [InlineData(BotStatus.Paused, "public_key_last")]
    [InlineData(BotStatus.Archived, "wrong_status")]
    public async Task Whether_the_last_key_may_go_depends_on_the_bot(BotStatus status, string? code)
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync(b => (b.Status, b.AppId) = (BotStatus.Draft, ""));
        await AddAsync(portal.Get<ChangeKeys>(), bot, one);
        await portal.Store.WriteAsync(db => db.Bots.ExecuteUpdateAsync(row => row.SetProperty(b => b.Status, status)), CancellationToken.None);

        Assert.Equal(code, (await RemoveAsync(portal.Get<ChangeKeys>(), bot, one)).Error?.Code);
    }

    [Fact]
    public async Task Pausing_and_resuming_twice_is_no_fault_and_resuming_looks_at_conversations_anew()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        var pause = portal.Get<PauseBot>();

        Assert.Equal(BotStatus.Paused, (await pause.PauseAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Value?.Status);
        Assert.Equal(BotStatus.Paused, (await pause.PauseAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Value?.Status);
        Assert.Equal(BotStatus.Live, (await pause.ResumeAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Value?.Status);
        Assert.NotNull((await portal.ReadAsync(db => db.Bots.SingleAsync())).LiveSince);
        Assert.Equal("role_too_low", (await pause.PauseAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Error?.Code);

        await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None);
        Assert.Equal("wrong_status", (await pause.ResumeAsync(TemporaryPortal.Operator, bot.Id, CancellationToken.None)).Error?.Code);
        Assert.Null((await portal.ReadAsync(db => db.Bots.SingleAsync())).ProtectedToken);
    }

    public void Dispose()
    {
        one.Dispose();
        two.Dispose();
        three.Dispose();
    }

    private static string Pem(RSA key) => key.ExportSubjectPublicKeyInfoPem();

    private static string Fingerprint(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()));

    private static Task<Result<BotView>> AddAsync(ChangeKeys keys, Bot bot, RSA key) => keys.AddAsync(TemporaryPortal.Admin, bot.Id, Pem(key), CancellationToken.None);

    private static Task<Result<BotView>> RemoveAsync(ChangeKeys keys, Bot bot, RSA key) =>
        keys.RemoveAsync(TemporaryPortal.Admin, bot.Id, Fingerprint(key), CancellationToken.None);

    private static async Task<BotView> SaveAsync(TemporaryPortal portal, Guid? id, BotSettings settings)
    {
        var saved = await portal.Get<SaveDraft>().HandleAsync(TemporaryPortal.Admin, id, settings, CancellationToken.None);
        Assert.True(saved.Succeeded, saved.Error?.Code);
        return saved.Value;
    }
}
