using Core.Bots;
using Core.Bots.Accounts;
using Core.Conversations;
using Core.Security;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Microsoft.EntityFrameworkCore;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Bots;

/// <summary>The account has a new token: the old one is refused from that moment on, and customers wait.</summary>
[Trait("Database", "both")]
public sealed class ReplaceTokenTests
{
    private const string NewToken = "example-token-not-a-secret-0043";

    // It knows the new token only.
    private readonly AccountAndPlatform _far = new() { Token = NewToken };

    [Fact]
    public async Task What_a_refused_token_held_is_answered_with_the_new_one()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = _far.Answer;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Bots.SingleAsync()), b => b.TokenRefusedAt is not null, "the token refused");

        var replaced = await ReplaceAsync(desk, TemporaryPortal.Admin, $" Bearer {NewToken} ");
        await desk.FateAsync("m1 Handled");

        Assert.Equal("…0043", replaced.Value?.Freshchat.ApiTokenHint);
        Assert.Equal(["re: hola"], desk.Far.Posted);
        var bot = await desk.Portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.Equal((NewToken, true, true), (desk.Portal.Get<Secrets>().Reveal(bot.ProtectedToken), bot.TokenRefusedAt is null, bot.ProvisionedAt is not null));
        Assert.Single(desk.Far.Requests, r => r.Target.Contains("freshchat-access-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_held_for_longer_than_anybody_waits_goes_to_people()
    {
        await using var desk = await Desk.OpenAsync(("Inbox:AnswerDeadline", "00:00:00.500"));
        desk.Far.Instead = _far.Answer;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        var held = await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Turns.SingleOrDefaultAsync()), t => t?.Stage is TurnStage.Held, "the turn held");
        await Eventually.Get(() => Task.FromResult(TimeProvider.System.GetUtcNow()), now => now > held!.Deadline, "the deadline");

        await ReplaceAsync(desk, TemporaryPortal.Admin, NewToken);
        await desk.FateAsync("m1 Handled deadline");

        Assert.Empty(desk.Far.Posted);
        Assert.Equal(HandOverVerdict.Done, (await desk.EndedAsync()).HandOver?.Verdict);
    }

    [Fact]
    public async Task Under_load_nothing_is_lost_and_nothing_is_said_twice()
    {
        const int messages = 40;
        await using var desk = await Desk.OpenAsync();
        var far = new AccountAndPlatform();
        desk.Far.Instead = far.Answer;
        List<TokenStep> steps = [];

        await desk.ArriveAsync(Webhook.Customer("m0", 0, text: "pregunta 0"));
        await desk.FateAsync("m0 Handled");
        far.Token = NewToken;
        var arriving = Task.Run(async () =>
        {
            for (var i = 1; i < messages; i++)
                await desk.ArriveAsync(Webhook.Customer($"m{i}", i, text: $"pregunta {i}"));
        });
        await Eventually.Get(() => desk.Portal.ReadAsync(db => db.Bots.SingleAsync()), b => b.TokenRefusedAt is not null, "the token refused");
        var replaced = await desk.Portal.Get<ReplaceToken>().HandleAsync(TemporaryPortal.Admin, desk.BotId, NewToken, CancellationToken.None, steps.Add);
        await arriving;

        Assert.True(replaced.Succeeded, replaced.Error?.ToString());
        Assert.Equal([TokenStep.Verify, TokenStep.Save, TokenStep.TellMammut, TokenStep.Drain], steps);
        var asked = Enumerable.Range(0, messages).Select(i => $"pregunta {i}").ToList();
        var said = await Eventually.Get(
            () => Task.FromResult(desk.Far.Posted.SelectMany(text => text["re: ".Length..].Split('\n')).ToList()),
            texts => texts.Count >= messages,
            "every question answered"
        );
        Assert.Equal(asked.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
        Assert.Equal(asked.Order(StringComparer.Ordinal), desk.Far.Said.SelectMany(text => text.Split('\n')).Order(StringComparer.Ordinal));
        await Eventually.Get(
            async () => (await desk.Portal.Get<ReadBot>().HandleAsync(desk.BotId, CancellationToken.None)).Value!.WaitingMessages,
            waiting => waiting == 0,
            "nothing waits any more"
        );
    }

    [Fact]
    public async Task A_token_that_is_refused_or_anothers_is_not_kept()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = _far.Answer;

        Assert.Equal("role_too_low", (await ReplaceAsync(desk, TemporaryPortal.Operator, NewToken)).Error?.Code);
        Assert.Equal("required", (await ReplaceAsync(desk, TemporaryPortal.Admin, " ")).Error?.Code);
        Assert.Equal("token_refused", (await ReplaceAsync(desk, TemporaryPortal.Admin, "example-token-not-a-secret-0042")).Error?.Code);
        _far.AppId = "of-another-account";
        Assert.Equal("app_id_mismatch", (await ReplaceAsync(desk, TemporaryPortal.Admin, NewToken)).Error?.Code);
        await desk.MoveAsync(BotStatus.Archived);
        Assert.Equal("wrong_status", (await ReplaceAsync(desk, TemporaryPortal.Admin, NewToken)).Error?.Code);

        Assert.Null((await desk.Portal.ReadAsync(db => db.Bots.SingleAsync())).ProtectedToken);
        Assert.DoesNotContain(desk.Far.Requests, r => r.Target.Contains("freshchat-access-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_proved_at_a_bot_that_has_been_changed_since_is_not_kept()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = request =>
        {
            if (request.Target.Contains("/channels", StringComparison.Ordinal))
                desk.MoveAsync(BotStatus.Paused).GetAwaiter().GetResult();
            return _far.Answer(request);
        };

        Assert.Equal("version_mismatch", (await ReplaceAsync(desk, TemporaryPortal.Admin, NewToken)).Error?.Code);

        var kept = await desk.Portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.NotEqual(NewToken, desk.Portal.Get<Secrets>().Reveal(kept.ProtectedToken));
        Assert.DoesNotContain(desk.Far.Requests, r => r.Target.Contains("freshchat-access-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_that_Mammut_did_not_take_is_kept_and_the_error_names_the_bot()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Far.Instead = r => r.Target.Contains("freshchat-access-token", StringComparison.Ordinal) ? Reply.Cut : _far.Answer(r);

        var untold = (await ReplaceAsync(desk, TemporaryPortal.Admin, NewToken)).Error!;

        var kept = await desk.Portal.ReadAsync(db => db.Bots.SingleAsync());
        Assert.StartsWith("mammut_", untold.Code, StringComparison.Ordinal);
        Assert.Equal((kept.Id.ToString(), NewToken, true), (untold.Arguments["botId"], desk.Portal.Get<Secrets>().Reveal(kept.ProtectedToken), kept.IsUntold));
    }

    private static async Task<Core.Outcomes.Result<BotView>> ReplaceAsync(Desk desk, Actor actor, string token) =>
        await desk.Portal.Get<ReplaceToken>().HandleAsync(actor, desk.BotId, token, CancellationToken.None);
}
