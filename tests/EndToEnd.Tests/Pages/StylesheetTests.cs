namespace EndToEnd.Tests.Pages;

/// <summary>What is seen too shortly or too rarely on a page to be looked at there.</summary>
public sealed class StylesheetTests
{
    [Fact]
    public async Task What_is_loading_is_seen_by_who_asks_for_less_motion() =>
        Assert.Equal("0.5", await StyleAsync("""<span class="bone"></span>""", ".bone", "opacity"));

    [Theory]
    [InlineData("handingover")]
    [InlineData("handedover")]
    [InlineData("ownerchanged")]
    public async Task What_happened_to_a_conversation_stands_in_its_middle(string kind) =>
        Assert.Equal("center", await StyleAsync($"""<ol class="timeline"><li class="entry entry-{kind}"></li></ol>""", ".entry", "justifySelf"));

    private static async Task<string> StyleAsync(string markup, string of, string property)
    {
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync("http://localhost", "en");
        var page = await person.NewPageAsync();
        await page.SetContentAsync(markup);
        await page.AddStyleTagAsync(new() { Path = Path.Combine(Repository.Root, "wwwroot", "app.css") });
        return await page.Locator(of).EvaluateAsync<string>("(element, property) => getComputedStyle(element)[property]", property);
    }
}
