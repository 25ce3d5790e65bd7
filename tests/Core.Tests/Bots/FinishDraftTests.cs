using Core.Bots;
using Core.Bots.Connecting;
using Core.Outcomes;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>A draft goes live as it was checked and as Mammut was told, whatever is saved meanwhile; and it never becomes two bots (mammut.md 4.2).</summary>
[Trait("Database", "both")]
public sealed class FinishDraftTests : IAsyncDisposable
{
    private readonly AccountAndPlatform far = new();
    private FarSides sides = null!;
    private TemporaryPortal portal = null!;
    private Bot bot = null!;

    [Fact]
    public async Task What_is_saved_while_the_account_is_asked_does_not_go_live_unchecked()
    {
        await OpenAsync();
        far.Account = Once("/channels", () => SaveAsync(s => s.Freshchat.GroupName = "nobody"));

        Assert.Equal("version_mismatch", (await FinishAsync()).Error?.Code);

        var draft = await portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal((BotStatus.Draft, "nobody", null), (draft.Status, draft.GroupName, draft.GroupId));
        Assert.DoesNotContain(sides.Requests, r => r.Method == "POST");
        Assert.Equal("group_not_found", (await FinishAsync()).Error?.Code);
    }

    [Fact]
    public async Task What_is_saved_while_Mammut_is_told_is_told_before_the_bot_goes_live()
    {
        await OpenAsync();
        far.Platform = Once("graph/user:730114?", () => SaveAsync(s => s.Freshchat.GroupName = "Pedidos"));

        Assert.Equal("version_mismatch", (await FinishAsync()).Error?.Code);
        Assert.Null((await portal.ReadAsync(db => db.Bots.SingleAsync())).ProvisionedAt);
        var live = await FinishAsync();

        Assert.Equal((BotStatus.Live, "Pedidos", "g-2"), (live.Value?.Status, live.Value?.Freshchat.GroupName, live.Value?.Freshchat.GroupId));
        Assert.Equal("Pedidos", (string?)far.Bot["freshchat-group-name"]);
    }

    [Fact]
    public async Task The_wizard_goes_live_with_what_was_saved_after_Mammut_was_told()
    {
        await OpenAsync();
        far.Platform = Once("graph/user:730114?", () => SaveAsync(s => s.Freshchat.GroupName = "Pedidos"));
        Assert.True((await portal.Get<ProvisionDraft>().HandleAsync(TemporaryPortal.Admin, bot.Id, false, CancellationToken.None)).Succeeded);

        var live = await portal.Get<GoLive>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None);

        Assert.Equal((BotStatus.Live, "Pedidos"), (live.Value?.Status, live.Value?.Freshchat.GroupName));
        Assert.Equal("Pedidos", (string?)far.Bot["freshchat-group-name"]);
    }

    [Fact]
    public async Task A_proof_begins_with_what_going_live_checks_and_ends_when_the_draft_is_saved()
    {
        await OpenAsync();
        var rehearse = portal.Get<RehearseBot>();
        Assert.Equal("role_too_low", (await rehearse.HandleAsync(new("ana", Core.Security.Role.Operator), bot.Id, CancellationToken.None)).Error?.Code);
        await SaveAsync(s => s.Freshchat.GroupName = "nobody");
        Assert.Equal("group_not_found", (await rehearse.HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Error?.Code);
        await SaveAsync(s => s.Freshchat.GroupName = "Pedidos");

        Assert.True((await rehearse.HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Succeeded);
        Assert.Equal(BotStatus.Draft, (await portal.ReadAsync(db => db.Bots.SingleAsync())).Status);
        Assert.Equal("Pedidos", (string?)far.Bot["freshchat-group-name"]);
        Assert.Null((await portal.ReadAsync(db => db.Rehearsals.SingleAsync())).ConversationId);

        await SaveAsync(s => s.DefaultContext = "otro");
        Assert.Equal(0, await portal.ReadAsync(db => db.Rehearsals.CountAsync()));
    }

    [Fact]
    public async Task A_successor_may_be_prepared_and_its_proof_is_refused_before_Mammut_is_told_more()
    {
        await OpenAsync();
        var holder = await portal.BotAsync(b => (b.Name, b.MammutId) = ("the first", 1));
        Assert.True((await portal.Get<ProvisionDraft>().HandleAsync(TemporaryPortal.Admin, bot.Id, false, CancellationToken.None)).Succeeded);
        await SaveAsync(s => s.Freshchat.GroupName = "Pedidos");
        var told = sides.Count("POST", "graph/user");

        var refused = (await portal.Get<RehearseBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Error;

        Assert.Equal(("app_id_taken", "the first"), (refused?.Code, refused?.Arguments["bot"]));
        Assert.Equal(told, sides.Count("POST", "graph/user"));
        await portal.Get<ArchiveBot>().HandleAsync(TemporaryPortal.Admin, holder.Id, CancellationToken.None);
        Assert.True((await portal.Get<RehearseBot>().HandleAsync(TemporaryPortal.Admin, bot.Id, CancellationToken.None)).Succeeded);
    }

    [Fact]
    public async Task A_create_that_is_unclear_stays_so_when_an_id_that_was_tried_is_taken_back()
    {
        await OpenAsync(b => b.MammutId = null);
        sides.Instead = r => r is { Method: "POST" } && r.Target.EndsWith("graph/user", StringComparison.Ordinal) ? Reply.Cut : far.Answer(r);
        Assert.Equal("mammut_create_unclear", (await FinishAsync()).Error?.Code);
        Assert.Equal("mammut_id_unknown", (await FinishAsync(new() { MammutId = 5 })).Error?.Code);
        await SaveAsync(s => s.Mammut.MammutId = null);

        Assert.Equal("mammut_create_unclear", (await FinishAsync()).Error?.Code);

        Assert.Equal(1, sides.Count("POST", "graph/user"));
        Assert.Equal(DraftState.MammutCreateUnclear, (await portal.ReadAsync(db => db.Bots.SingleAsync())).DraftState);
    }

    [Fact]
    public async Task An_id_that_was_changed_while_Mammut_was_asked_about_another_is_not_confirmed_by_its_answer()
    {
        await OpenAsync();
        far.Platform = Once("graph/user:730114?", () => SaveAsync(s => s.Mammut.MammutId = 5));

        Assert.Equal("version_mismatch", (await portal.Get<ProvisionDraft>().HandleAsync(TemporaryPortal.Admin, bot.Id, false, CancellationToken.None)).Error?.Code);

        var draft = await portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal((5, false, null), (draft.MammutId, draft.MammutIdConfirmed, draft.ProvisionedAt));
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await sides.DisposeAsync();
    }

    private async Task OpenAsync(Action<Bot>? change = null)
    {
        sides = await FarSides.StartAsync();
        sides.Instead = far.Answer;
        portal = await TemporaryPortal.OpenAsync(sides.Url);
        bot = await portal.BotAsync(b =>
        {
            (b.Status, b.DraftState) = (BotStatus.Draft, DraftState.Incomplete);
            b.Keys.Add(new BotKey { Fingerprint = "f", Spki = [1] });
            change?.Invoke(b);
        });
    }

    // Somebody saves while the far side is being asked; the request is answered after that, as ever.
    private static Func<Seen, Reply?> Once(string asked, Func<Task> meanwhile)
    {
        var done = false;
        return request =>
        {
            if (!done && request.Target.Contains(asked, StringComparison.Ordinal))
            {
                done = true;
                meanwhile().GetAwaiter().GetResult();
            }
            return null;
        };
    }

    private Task<Result<BotView>> FinishAsync(FinishChoice? choice = null) =>
        portal.Get<FinishDraft>().HandleAsync(TemporaryPortal.Admin, bot.Id, choice ?? new(), CancellationToken.None);

    private async Task SaveAsync(Action<BotSettings> change)
    {
        var settings = (await portal.Get<ReadBot>().HandleAsync(bot.Id, CancellationToken.None)).Value!.ToSettings();
        change(settings);
        Assert.True((await portal.Get<SaveDraft>().HandleAsync(TemporaryPortal.Admin, bot.Id, settings, CancellationToken.None)).Succeeded);
    }
}
