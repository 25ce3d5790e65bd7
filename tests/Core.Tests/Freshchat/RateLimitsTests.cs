using Core.Freshchat;
using Core.Outcomes;
using Microsoft.Extensions.Time.Testing;

namespace Core.Tests.Freshchat;

public sealed class RateLimitsTests
{
    [Fact]
    public async Task One_429_holds_back_everything_sent_for_the_account_until_it_is_over()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 2, 9, 15, 0, TimeSpan.Zero));
        var limited = true;
        await using var side = await FarSide.Start(_ => limited
            ? Reply.Example("error-429", 429) with { Headers = [("X-RateLimit-Remaining", "0"), ("X-RateLimitReset", "30")] }
            : Reply.Example("rest-accounts-configuration"));
        await using var clients = new Clients(side, clock);
        var probe = clients.Account with { AppId = null };
        var renewed = clients.Account with { ApiToken = "the-next-token-of-the-account" };
        var stranger = new FreshchatAccount(clients.Account.ChatUrl, "token-of-another-account", "app-2");

        var first = await clients.Freshchat.GetConfiguration(clients.Account);
        limited = false;
        var held = new[] { clients.Account, probe, renewed }.Select(account => clients.Freshchat.GetConfiguration(account));
        var results = await Task.WhenAll(held);
        var others = await clients.Freshchat.GetConfiguration(stranger);
        clock.Advance(TimeSpan.FromSeconds(30));
        var after = await clients.Freshchat.GetConfiguration(clients.Account);

        Assert.Equal(FailureKind.RateLimited, first.Failure?.Kind);
        Assert.InRange(first.Failure!.RetryAfter!.Value.TotalSeconds, 30, 33);
        Assert.All(results, result =>
        {
            Assert.Equal(FailureKind.RateLimited, result.Failure?.Kind);
            Assert.Null(result.HttpStatus);
            Assert.False(result.Failure!.CountsAsAttempt);
        });
        Assert.True(others.Succeeded);
        Assert.True(after.Succeeded);
        Assert.Equal(3, side.Requests.Count);
    }

    [Fact]
    public void A_shorter_wait_never_replaces_a_longer_one()
    {
        var limits = new RateLimits(new FakeTimeProvider());
        var account = new FreshchatAccount("https://acme.freshchat.com/v2", Clients.Token);

        limits.HoldBack(account, TimeSpan.FromSeconds(60));
        limits.HoldBack(account, TimeSpan.FromSeconds(5));

        Assert.Equal(TimeSpan.FromSeconds(60), limits.Remaining(account));
    }
}
