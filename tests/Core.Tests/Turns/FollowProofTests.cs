using Core.Bots;
using Core.Freshchat;
using Core.Outcomes;
using Core.Tests.Freshchat;
using Core.Turns;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>The last station of a proof: the reply read back from Freshchat, which may be behind itself for a moment.</summary>
[Trait("Database", "both")]
public sealed class FollowProofTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    [Fact]
    public void It_is_looked_for_more_and_more_seldom_until_patience_ends()
    {
        var (now, waits, look) = (Now, new List<double>(), (ProofLook?)null);
        while ((look = ProofLook.NotYet(look, FarCode.Timeout, null, now)).NextAt is { } next)
        {
            Assert.Equal((StationState.Running, FarCode.Timeout), (look.Station.State, look.Station.Code));
            waits.Add((next - now).TotalSeconds);
            now = next;
        }

        Assert.Equal([1, 2, 4, 4, 4], waits);
        Assert.Equal((StationState.Failed, FarCode.Timeout), (look.Station.State, look.Station.Code));
    }

    [Fact]
    public void Freshchat_is_left_alone_as_long_as_it_asks() =>
        Assert.Equal(Now.AddMinutes(1), ProofLook.NotYet(null, FarCode.RateLimited, TimeSpan.FromMinutes(1), Now).NextAt);

    [Theory]
    [InlineData(200, """{"messages":[]}""", "proof_reply_missing")]
    [InlineData(503, "{}", "server_error")]
    public async Task A_reply_that_cannot_be_read_yet_is_looked_for_again_in_its_time_and_not_with_every_event(int status, string body, string code)
    {
        await using var desk = await Desk.OpenAsync();
        var (began, behind) = (TimeProvider.System.GetUtcNow().AddMinutes(-1), false);
        desk.Far.Instead = r => behind && IsLook(r) ? new Reply(status, body) : null;
        await desk.ArriveAsync(Webhook.Customer("m1", 0));
        await desk.FateAsync("m1 Handled");
        behind = true;
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        var proofs = new FollowProof(desk.Portal.Store, desk.Portal.Get<KnownBots>(), desk.Portal.Get<FreshchatClient>(), clock);
        var bot = await desk.Portal.ReadAsync(db => db.Bots.Select(b => b.Id).SingleAsync());

        var first = await FollowAsync(null);
        var looks = Looks();
        var again = await FollowAsync(first);

        Assert.Equal((StationState.Running, code), (first.Stations[^1].State, first.Stations[^1].Code));
        Assert.Equal((first.LookAgainAt, looks), (again.LookAgainAt, Looks()));
        Assert.Null(again.FailedAt);

        behind = false;
        clock.SetUtcNow(again.LookAgainAt!.Value);
        var proved = await FollowAsync(again);
        looks = Looks();
        Assert.True(proved.Proved);
        Assert.True((await FollowAsync(proved)).Proved);
        Assert.Equal((null, looks), (proved.LookAgainAt, Looks()));

        async Task<ProofView> FollowAsync(ProofView? before) =>
            (await proofs.HandleAsync(TemporaryPortal.Admin, bot, began, before, CancellationToken.None)).Value!;

        int Looks() => desk.Far.Requests.Count(IsLook);
    }

    [Fact]
    public async Task The_message_that_is_followed_stays_the_same_however_many_come_after_it()
    {
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await ArriveAsync("the first");
        var proofs = portal.Get<FollowProof>();
        var followed = (await proofs.HandleAsync(TemporaryPortal.Admin, bot.Id, Now, null, CancellationToken.None)).Value!;

        await ArriveAsync([.. Enumerable.Range(0, 250).Select(i => $"m-{i}")]);

        Assert.Equal("the first", followed.MessageId);
        Assert.Equal("the first", (await proofs.HandleAsync(TemporaryPortal.Admin, bot.Id, Now, followed, CancellationToken.None)).Value!.MessageId);

        Task ArriveAsync(params string[] ids) =>
            portal.AddAsync(ids.Select(id => new Delivery { BotId = bot.Id, DedupKey = id, MessageId = id, Action = "message_create", Kind = EventKind.MessageCreated, ActorType = "user", EventTime = Now, ReceivedAt = Now }));
    }

    private static bool IsLook(Seen request) => request.Method == "GET" && request.Target.Contains("/conversations/", StringComparison.Ordinal) && request.Target.Contains("/messages", StringComparison.Ordinal);
}
