using Core.Bots;

namespace Core.Tests.Bots;

public sealed class WebhookAddressTests
{
    [Theory]
    [InlineData("https://bots.example.test")]
    [InlineData("https://bots.example.test/")]
    public void A_bot_has_an_address_of_its_own_below_the_shared_one(string publicUrl)
    {
        var address = new WebhookAddress(() => publicUrl);

        Assert.Equal("https://bots.example.test/channels/freshchat", address.Shared);
        Assert.Equal("https://bots.example.test/channels/freshchat/abc", address.Of(new Bot { WebhookId = "abc" }));
    }

    [Fact]
    public void The_public_address_is_asked_for_each_time_because_it_may_be_known_late()
    {
        var publicUrl = "http://127.0.0.1:1";
        var address = new WebhookAddress(() => publicUrl);
        publicUrl = "http://127.0.0.1:2";

        Assert.StartsWith(publicUrl, address.Shared, StringComparison.Ordinal);
    }

    [Fact]
    public void A_last_segment_is_long_random_and_fit_for_a_path()
    {
        var ids = Enumerable.Range(0, 200).Select(_ => WebhookAddress.NewId()).ToList();

        Assert.Equal(200, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{32}$", id));
    }
}
