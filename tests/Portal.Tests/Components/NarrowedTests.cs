using Core.Bots;
using Core.Bots.Listing;
using Core.Webhooks;
using Portal.Components.Shared;

namespace Portal.Tests.Components;

/// <summary>Between a choice and its way through the browser's address bar and back there may be further choices.</summary>
public sealed class NarrowedTests
{
    private readonly Narrowed<string> _narrowed = new("");

    [Fact]
    public void What_was_written_here_is_nothing_new_when_it_comes_back()
    {
        Assert.True(_narrowed.Hears(""));
        _narrowed.Choose("a");
        _narrowed.Choose("ab");

        Assert.False(_narrowed.Hears(""));
        Assert.False(_narrowed.Hears("a"));
        Assert.Equal("ab", _narrowed.To);
        Assert.False(_narrowed.Hears("ab"));
        Assert.Equal("ab", _narrowed.To);
    }

    [Fact]
    public void What_comes_from_elsewhere_holds()
    {
        Assert.True(_narrowed.Hears("dead"));
        Assert.Equal("dead", _narrowed.To);
        _narrowed.Choose("a");
        Assert.False(_narrowed.Hears("a"));

        Assert.True(_narrowed.Hears(""));
        Assert.True(_narrowed.Hears("a"));
        Assert.Equal("a", _narrowed.To);
    }

    [Theory]
    [InlineData("dead", DeliveryStatus.Dead)]
    [InlineData("DEAD", DeliveryStatus.Dead)]
    [InlineData("4", null)]
    [InlineData("gone", null)]
    [InlineData(null, null)]
    public void Only_a_word_that_is_known_narrows_a_list(string? word, DeliveryStatus? read) => Assert.Equal(read, Chosen.Read<DeliveryStatus>(word));

    [Fact]
    public void Words_are_those_of_the_management_API() =>
        Assert.Equal(("dead", "lastEvent", (string?)null), (Chosen.Write<DeliveryStatus>(DeliveryStatus.Dead), Chosen.Write<BotOrder>(BotOrder.LastEvent), Chosen.Write<BotOrder>(null)));
}
