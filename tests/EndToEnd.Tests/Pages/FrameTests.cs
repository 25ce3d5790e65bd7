using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Pages;

/// <summary>What stands around every page: its menus, the drawer of a phone, and what is said when the page has broken.</summary>
[Collection(SeededPortalCollection.Name)]
public sealed class FrameTests(SeededPortal portal)
{
    [Fact]
    public async Task The_drawer_of_a_phone_takes_the_focus_and_gives_it_back()
    {
        var page = await OpenAsync("/help", 390);
        await page.GetByTestId("nav-toggle").ClickAsync();
        await Assertions.Expect(page.GetByTestId("nav-help")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".nav a").First).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("main")).ToHaveJSPropertyAsync("inert", true);

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByTestId("nav-toggle")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("main")).ToHaveJSPropertyAsync("inert", false);
        await Assertions.Expect(page.GetByTestId("nav-help")).ToBeHiddenAsync();

        await page.GetByTestId("nav-toggle").ClickAsync();
        await page.GetByTestId("nav-settings").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator("main")).ToHaveJSPropertyAsync("inert", false);
        await page.CloseAsync();
    }

    [Fact]
    public async Task The_chosen_theme_is_told_by_more_than_its_colour()
    {
        var page = await OpenAsync("/settings", 1280);
        await page.GetByTestId("theme").Locator("button").ClickAsync();

        await Assertions.Expect(page.GetByTestId("theme-light")).ToHaveAttributeAsync("role", "menuitemradio");
        await Assertions.Expect(page.GetByTestId("theme-light")).ToHaveAttributeAsync("aria-checked", "true");
        await Assertions.Expect(page.GetByTestId("theme-dark")).ToHaveAttributeAsync("aria-checked", "false");
        Assert.Empty(await SeriousAsync(page));
        await page.CloseAsync();
    }

    [Fact]
    public async Task A_page_that_has_broken_says_so_and_comes_back_with_what_was_typed()
    {
        var page = await OpenAsync("/help", 1280);
        await page.GetByTestId("help-search").FillAsync("token");
        await Assertions.Expect(page.GetByTestId("broken-page")).ToBeHiddenAsync();

        // As Blazor shows it.
        await page.EvaluateAsync("() => { document.querySelector('#blazor-error-ui').style.display = 'block'; }");
        await Assertions.Expect(page.Locator("#broken-title")).ToHaveTextAsync("Esta página ha dejado de funcionar");
        Assert.Empty(await SeriousAsync(page));
        await page.GetByTestId("broken-reload").ClickAsync();

        await Assertions.Expect(page.GetByTestId("broken-page")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("token");
        await page.CloseAsync();
    }

    private static async Task<IEnumerable<string>> SeriousAsync(IPage page) =>
        (await page.RunAxe()).Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id);

    private async Task<IPage> OpenAsync(string address, int width)
    {
        var reader = await portal.ReaderAsync(new("es", "light", width));
        var page = await reader.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator("main[data-interactive=true] h1").WaitForAsync();
        return page;
    }
}
