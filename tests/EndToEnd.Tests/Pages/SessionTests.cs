using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Pages;

/// <summary>A session that ends while a page is open: the page says so, does nothing more, and is back with what was typed after signing in.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private const string LetGo = "() => Blazor.pauseCircuit()";
    private const string ComeBack = "() => { Blazor.resumeCircuit(); }";


    private readonly TemporaryFolder _folder = new();
    private Support.PortalProcess _portal = null!;
    private Chromium _chromium = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _portal = await Support.PortalProcess.StartAsync(Support.PortalProcess.BuiltDll, Support.Repository.Root, _folder);
        _chromium = await Chromium.StartAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _chromium.DisposeAsync();
        await _portal.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Signing_out_in_one_tab_ends_the_other_and_what_was_typed_there_comes_back()
    {
        var page = await HelpAsync();
        await SignOutElsewhereAsync(page);

        await Assertions.Expect(page.GetByTestId("session-ended")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("sign-in-again")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.GetByTestId("session-ended")).ToBeVisibleAsync();
        await page.GetByTestId("sign-in-again").ClickAsync();
        await page.Locator("[data-person=admin]").ClickAsync();

        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("token");
        await Assertions.Expect(page.GetByTestId("session-ended")).ToHaveCountAsync(0);
        Assert.Equal(_portal.Url + "/help?from=mail", page.Url);
    }

    [Theory]
    [InlineData("admin", "token")]
    [InlineData("operator", "")]
    public async Task A_page_that_was_let_go_of_meanwhile_leads_to_sign_in_and_only_its_own_person_gets_back_what_was_typed(string person, string found)
    {
        var page = await HelpAsync();
        await page.EvaluateAsync(LetGo);
        await SignOutElsewhereAsync(page);

        await page.EvaluateAsync(ComeBack);
        await page.Locator($"[data-person={person}]").ClickAsync();

        // What is given back is there as soon as its field is.
        await Assertions.Expect(page.GetByTestId("help-search")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync(found);
        Assert.Null(await page.EvaluateAsync<string?>("() => sessionStorage.getItem('unsaved')"));
        Assert.Equal(_portal.Url + "/help?from=mail", page.Url);
    }

    [Fact]
    public async Task Whoever_signed_in_in_another_tab_meanwhile_finds_nothing_of_what_was_typed()
    {
        var page = await HelpAsync();
        await page.EvaluateAsync(LetGo);
        var other = await SignOutElsewhereAsync(page);
        await other.Locator("[data-person=operator]").ClickAsync();
        await Assertions.Expect(other.GetByTestId("person")).ToBeVisibleAsync();

        await page.EvaluateAsync(ComeBack);

        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("");
        await Assertions.Expect(page.GetByTestId("help-entry").Filter(new() { HasText = "group_contains_bot" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_secret_that_was_typed_is_written_down_nowhere_on_the_way_to_sign_in()
    {
        var page = await SomebodyAsync();
        await page.Context.AddInitScriptAsync("window.writtenDown = sessionStorage.getItem('unsaved');");
        await page.GotoAsync("/bots/new");
        await Assertions.Expect(page.GetByTestId("api-token")).ToBeVisibleAsync();
        await page.EvaluateAsync(LetGo);
        await page.GetByTestId("api-token").FillAsync("a-secret-that-was-typed");
        await page.GetByTestId("chat-url").FillAsync("https://typed.example");
        await SignOutElsewhereAsync(page);

        await page.EvaluateAsync(ComeBack);
        await page.Locator("[data-person=admin]").ClickAsync();

        await Assertions.Expect(page.GetByTestId("chat-url")).ToHaveValueAsync("https://typed.example");
        var writtenDown = await page.EvaluateAsync<string>("() => window.writtenDown");
        Assert.Contains("https://typed.example", writtenDown, StringComparison.Ordinal);
        Assert.DoesNotContain("a-secret", writtenDown, StringComparison.Ordinal);
    }

    private async Task<IPage> HelpAsync()
    {
        var page = await SomebodyAsync();
        await page.GotoAsync("/help?from=mail");
        await page.GetByTestId("help-search").FillAsync("token");
        await Assertions.Expect(page.GetByTestId("help-entry").Filter(new() { HasText = "group_contains_bot" })).ToHaveCountAsync(0);
        return page;
    }

    private async Task<IPage> SomebodyAsync()
    {
        var page = await (await _chromium.PersonAsync(_portal.Url, "es")).NewPageAsync();
        await new Newcomer(page, null!, "es").SignInAsync();
        return page;
    }

    private static async Task<IPage> SignOutElsewhereAsync(IPage page)
    {
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync("/");
        await other.GetByTestId("person").ClickAsync();
        await other.GetByTestId("sign-out").ClickAsync();
        await Assertions.Expect(other.Locator("[data-person=admin]")).ToBeVisibleAsync();
        return other;
    }
}
