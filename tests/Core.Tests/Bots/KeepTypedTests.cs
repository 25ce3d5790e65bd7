using Core.Bots;
using Core.Bots.Connecting;
using Core.Bots.Listing;
using Core.Bots.Sites;
using Microsoft.EntityFrameworkCore;

namespace Core.Tests.Bots;

[Trait("Database", "both")]
public sealed class KeepTypedTests
{
    private const string Token = "example-token-not-a-secret-9876";

    private static readonly Guid Laptop = Guid.NewGuid();

    [Fact]
    public async Task What_is_typed_comes_back_as_it_was_right_or_wrong()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keep = portal.Get<KeepTyped>();

        var id = await KeepAsync(keep, null, Some());
        var (typed, writer) = (await keep.ReadAsync(TemporaryPortal.Admin, id, CancellationToken.None))!.Value;

        Assert.Equal(Laptop, writer);
        Assert.Equal(("htt", Token, "73x", "-----BEGIN"), (typed.Settings.Freshchat.ChatUrl, typed.Settings.Freshchat.ApiToken, typed.MammutIdText, typed.KeyText));
        Assert.Equal((SiteSource.Topic, "comida"), (typed.Settings.Sites[0].Source, typed.Settings.Sites[0].SiteId));
        var bot = await portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal((BotStatus.Draft, ""), (bot.Status, bot.ChatUrl));
    }

    [Fact]
    public async Task Nothing_of_it_lies_in_the_database_in_clear_text()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        await KeepAsync(portal.Get<KeepTyped>(), null, Some());

        var kept = await portal.ReadAsync(db => db.TypedDrafts.SingleAsync());

        Assert.DoesNotContain("example-token", kept.Protected, StringComparison.Ordinal);
        Assert.DoesNotContain("BEGIN", kept.Protected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_on_changes_the_same_draft_and_no_version()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keep = portal.Get<KeepTyped>();
        var id = await KeepAsync(keep, null, Some());
        var version = (await portal.ReadAsync(db => db.Bots.SingleAsync())).Version;

        var more = Some();
        more.Settings.Name = "freshbot";
        Assert.Equal(id, await KeepAsync(keep, id, more));

        Assert.Equal(version, (await portal.ReadAsync(db => db.Bots.SingleAsync())).Version);
        Assert.Equal("freshbot", (await keep.ReadAsync(TemporaryPortal.Admin, id, CancellationToken.None))!.Value.Typed.Settings.Name);
    }

    [Fact]
    public async Task What_was_saved_is_no_longer_only_typed_and_an_archived_draft_keeps_nothing()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keep = portal.Get<KeepTyped>();
        var id = await KeepAsync(keep, null, Some());

        await portal.Get<SaveDraft>().HandleAsync(TemporaryPortal.Admin, id, new() { Name = "a" }, CancellationToken.None);
        Assert.Null(await keep.ReadAsync(TemporaryPortal.Admin, id, CancellationToken.None));

        await KeepAsync(keep, id, Some());
        await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, id, CancellationToken.None);
        Assert.Equal(0, await portal.ReadAsync(db => db.TypedDrafts.CountAsync()));
    }

    [Fact]
    public async Task A_draft_whose_fields_were_emptied_again_stands_in_no_list_until_something_is_typed()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keep = portal.Get<KeepTyped>();
        var id = await KeepAsync(keep, null, Some());
        Assert.Equal("1 of 1", await ListedAsync(portal));

        await KeepAsync(keep, id, new() { Settings = new() { Freshchat = new() { ChatUrl = "" } } });
        Assert.Equal("0 of 0", await ListedAsync(portal));
        Assert.Null(await keep.ReadAsync(TemporaryPortal.Admin, id, CancellationToken.None));

        await KeepAsync(keep, id, Some());
        Assert.Equal("1 of 1", await ListedAsync(portal));
    }

    [Fact]
    public async Task Emptied_fields_of_a_saved_draft_are_kept_as_such()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var saved = await portal.Get<SaveDraft>().HandleAsync(TemporaryPortal.Admin, null, new() { Name = "freshbot" }, CancellationToken.None);

        await KeepAsync(portal.Get<KeepTyped>(), saved.Value!.Id, new() { Settings = new() { Name = "" } });

        Assert.Equal("", (await portal.Get<KeepTyped>().ReadAsync(TemporaryPortal.Admin, saved.Value.Id, CancellationToken.None))?.Typed.Settings.Name);
        Assert.Equal("1 of 1", await ListedAsync(portal));
    }

    [Fact]
    public async Task Only_admins_type_and_only_into_drafts()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var keep = portal.Get<KeepTyped>();
        var live = await portal.BotAsync();
        var id = await KeepAsync(keep, null, Some());

        Assert.Equal("role_too_low", (await keep.HandleAsync(TemporaryPortal.Operator, null, Some(), Laptop, CancellationToken.None)).Error?.Code);
        Assert.Equal("wrong_status", (await keep.HandleAsync(TemporaryPortal.Admin, live.Id, Some(), Laptop, CancellationToken.None)).Error?.Code);
        Assert.Equal("bot_not_found", (await keep.HandleAsync(TemporaryPortal.Admin, Guid.NewGuid(), Some(), Laptop, CancellationToken.None)).Error?.Code);
        Assert.Null(await keep.ReadAsync(TemporaryPortal.Operator, id, CancellationToken.None));
    }

    // Rows of the list of drafts, and how many its filter says there are.
    private static async Task<string> ListedAsync(TemporaryPortal portal)
    {
        var shown = (await portal.Get<ShowBots>().HandleAsync(TemporaryPortal.Viewer, new(new(BotStatus.Draft)), 0, 10, CancellationToken.None)).Value!;
        var counts = (await portal.Get<ShowBots>().CountAsync(TemporaryPortal.Viewer, CancellationToken.None)).Value!;
        return $"{shown.Items.Count} of {counts.ByStatus.GetValueOrDefault(BotStatus.Draft)}";
    }

    private static async Task<Guid> KeepAsync(KeepTyped keep, Guid? id, TypedSettings typed)
    {
        var kept = await keep.HandleAsync(TemporaryPortal.Admin, id, typed, Laptop, CancellationToken.None);
        Assert.True(kept.Succeeded, kept.Error?.Code);
        return kept.Value;
    }

    private static TypedSettings Some() =>
        new()
        {
            Settings = new()
            {
                Freshchat = new() { ChatUrl = "htt", ApiToken = Token },
                Sites = [new() { Source = SiteSource.Topic, SiteId = "comida" }],
            },
            MammutIdText = "73x",
            KeyText = "-----BEGIN",
        };
}
