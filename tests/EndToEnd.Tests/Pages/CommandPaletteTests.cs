using System.Text.RegularExpressions;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace EndToEnd.Tests.Pages;

/// <summary>Everything is a few letters away, by the keyboard alone.</summary>
[Collection(SeededPortalCollection.Name)]
public sealed class CommandPaletteTests(SeededPortal portal)
{
    [Theory]
    [InlineData("freshb", "bot", "/bots/[0-9a-f-]{36}$")]
    [InlineData("1", "conversation", "/conversations/1$")]
    [InlineData("token_refused", "help", "/help/token_refused$")]
    [InlineData("conectar un", "action", "/bots/new$")]
    [InlineData("entregas", "page", "/deliveries$")]
    public async Task Leads_there(string typed, string kind, string address)
    {
        var page = await OpenAsync("/settings");
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByTestId("palette-search")).ToBeFocusedAsync();

        await page.Keyboard.TypeAsync(typed);
        await Assertions.Expect(page.GetByTestId("palette-option").First).ToHaveAttributeAsync("data-kind", kind);
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page).ToHaveURLAsync(new Regex(address));
        await Assertions.Expect(page.GetByTestId("palette")).ToBeHiddenAsync();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Arrows_choose_and_Escape_gives_the_focus_back()
    {
        var page = await OpenAsync("/");
        await page.GetByTestId("nav-settings").FocusAsync();
        await page.Keyboard.PressAsync("Control+k");
        var search = page.GetByTestId("palette-search");
        await Assertions.Expect(search).ToHaveAttributeAsync("aria-activedescendant", "palette-0");

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(search).ToHaveAttributeAsync("aria-activedescendant", "palette-1");
        await Assertions.Expect(page.Locator("#palette-1")).ToHaveAttributeAsync("aria-selected", "true");
        var axe = await page.RunAxe();
        Assert.Empty(axe.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(violation => violation.Id));
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByTestId("palette")).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByTestId("nav-settings")).ToBeFocusedAsync();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Escape_closes_at_once_whatever_is_typed()
    {
        var page = await OpenAsync("/");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("entregas");
        await Assertions.Expect(page.GetByTestId("palette-option").First).ToHaveAttributeAsync("data-kind", "page");

        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.GetByTestId("palette")).ToBeHiddenAsync();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Nothing_found_is_said()
    {
        var page = await OpenAsync("/");
        await page.GetByTestId("open-palette").ClickAsync();
        await page.Keyboard.TypeAsync("xyzzy");
        await Assertions.Expect(page.GetByTestId("palette-nothing")).ToBeVisibleAsync();
        await page.CloseAsync();
    }

    [Fact]
    public async Task Another_theme_is_chosen_without_leaving_the_page()
    {
        var page = await OpenAsync("/settings");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("tema: oscuro");
        await Assertions.Expect(page.GetByTestId("palette-option")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await page.EvaluateAsync("() => portal.remember('light')");
        await page.CloseAsync();
    }

    [Fact]
    public async Task Single_letters_are_shortcuts_until_one_types_or_switches_them_off()
    {
        var page = await OpenAsync("/help");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByTestId("shortcuts")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("shortcuts")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.GetByTestId("help-search")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("?");
        await page.GetByTestId("help-search").BlurAsync();
        await page.Keyboard.TypeAsync("gd");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/deliveries$"));

        await page.Keyboard.PressAsync("?");
        await page.GetByTestId("single-keys").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("shortcuts")).ToBeHiddenAsync();
        await page.Keyboard.TypeAsync("gs");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/deliveries$"));
        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.GetByTestId("palette")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => localStorage.clear()");
        await page.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string address)
    {
        var reader = await portal.ReaderAsync(new("es", "light", 1280));
        var page = await reader.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator("main[data-interactive=true] h1").WaitForAsync();
        return page;
    }
}
