using Bunit;
using Core.Bots;
using Portal.Components.Bots;
using Portal.Components.Bots.Health;

namespace Portal.Tests.Components;

/// <summary>The list of a bot's checks: what each is about, and what is wrong.</summary>
public sealed class HealthListTests : PageContext
{
    [Fact]
    public void A_check_says_what_is_wrong_with_its_own_words_and_when_it_was_asked()
    {
        BotCheck[] checks =
        [
            new("key", CheckState.Ok),
            new("agent", CheckState.NotChecked),
            new("group", CheckState.Failed, "group_not_found", "no such group")
            {
                CheckedAt = Clock.GetUtcNow().AddMinutes(-3),
            },
        ];

        var list = Render<HealthList>(p => p.Add(h => h.Checks, checks)).FindAll(ByTestId("health-check"));

        Assert.Equal(["failed", "notchecked", "ok"], list.Select(check => check.GetAttribute("data-state")!));
        Assert.Equal("no such group", list[0].QuerySelector("q")?.TextContent);
        Assert.Contains("group_not_found", list[0].TextContent, StringComparison.Ordinal);
        Assert.NotNull(list[0].QuerySelector("time"));
        Assert.Contains("Not checked yet", list[1].TextContent, StringComparison.Ordinal);
        Assert.Null(list[1].QuerySelector("time"));
        Assert.Null(list[2].QuerySelector("time"));
    }

    [Theory]
    [InlineData("en", "drift", "Checks that Freshchat and Mammut hold the same values as the portal.")]
    [InlineData("en", "webhooks", "Checks that every webhook that was stored has taken effect here.")]
    [InlineData("es", "drift", "Comprueba que Freshchat y Mammut tienen los mismos valores que el portal.")]
    public void A_check_says_what_it_is_about(string language, string check, string means)
    {
        Read(language);

        var row = Render<HealthList>(p => p.Add(h => h.Checks, [new(check, CheckState.Ok)])).Find(ByTestId("health-check"));

        Assert.Equal(means, row.QuerySelector(".under")?.TextContent);
    }
}
