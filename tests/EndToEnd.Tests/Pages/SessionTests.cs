using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Pages;

/// <summary>A session that ends while a page is open: the page says so, does nothing more, and is back with what was typed after signing in.</summary>
public sealed class SessionTests
{
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 20_000 };

    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_other_and_what_was_typed_there_comes_back()
    {
        using var folder = new TemporaryFolder();
        await using var portal = await Support.PortalProcess.StartAsync(Support.PortalProcess.BuiltDll, Support.Repository.Root, folder);
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(portal.Url, "es");
        var page = await person.NewPageAsync();
        await new Newcomer(page, null!, "es").SignInAsync();
        await page.GotoAsync("/help?from=mail");
        await page.GetByTestId("help-search").FillAsync("token");
        await Assertions.Expect(page.GetByTestId("help-entry").Filter(new() { HasText = "group_contains_bot" })).ToHaveCountAsync(0);
        var other = await person.NewPageAsync();
        await other.GotoAsync("/");
        await other.GetByTestId("person").ClickAsync();
        await other.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(other.Locator("[data-person=admin]")).ToBeVisibleAsync(Soon);

        await Assertions.Expect(page.GetByTestId("session-ended")).ToBeVisibleAsync(Soon);
        await Assertions.Expect(page.GetByTestId("sign-in-again")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("session-ended")).ToBeVisibleAsync();
        await page.GetByTestId("sign-in-again").ClickAsync();
        await page.Locator("[data-person=admin]").ClickAsync();

        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("token", new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByTestId("session-ended")).ToHaveCountAsync(0);
        Assert.Equal(portal.Url + "/help?from=mail", page.Url);
    }
}
