using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Pages;

/// <summary>What is typed while the line is dead arrives once it lives again, and what is older than the server's stays behind.</summary>
public sealed partial class LostStrokesTests : IAsyncLifetime
{
    // Nothing reaches the portal any more, and the browser has not noticed yet.
    private const string Deaden = "() => { window.alive = WebSocket.prototype.send; WebSocket.prototype.send = () => {}; }";

    // It is noticed, and no new line can be had.
    private const string Cut = """
        () => {
          WebSocket.prototype.send = window.alive ?? WebSocket.prototype.send;
          window.line = window.fetch;
          window.fetch = () => Promise.reject(new TypeError("no line"));
          return Blazor._internal.forceCloseConnection();
        }
        """;

    private const string Mend = "() => { window.fetch = window.line; }";

    private readonly TemporaryFolder _folder = new();
    private Support.PortalProcess _portal = null!;
    private Chromium _chromium = null!;

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        _portal = await StartAsync(null);
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
    public async Task The_server_has_what_was_typed_while_it_could_not_be_reached()
    {
        var laptop = await SomebodyAsync();
        await BeginAsync(laptop, "https://half");

        await laptop.EvaluateAsync(Deaden);
        await laptop.Keyboard.TypeAsync(".an");
        await laptop.EvaluateAsync(Cut);
        await Assertions.Expect(laptop.GetByTestId("reconnect")).ToBeVisibleAsync();
        await laptop.Keyboard.TypeAsync(".address");
        await laptop.EvaluateAsync(Mend);
        await BackAsync(laptop);

        // What another device shows the server has.
        var phone = await SomebodyAsync();
        await phone.GotoAsync(laptop.Url);
        await ShowsAsync(phone, "chat-url", "https://half.an.address");
        await ShowsAsync(laptop, "chat-url", "https://half.an.address");
    }

    [Fact]
    public async Task A_page_that_the_portal_has_let_go_of_is_drawn_anew_with_what_was_typed()
    {
        var page = await SomebodyAsync();
        await page.GotoAsync("/help");
        await page.GetByTestId("help-search").FillAsync("token");
        await page.EvaluateAsync("() => { window.same = true; }");
        Assert.True(await page.EvaluateAsync<bool>("() => Blazor.pauseCircuit()"));
        Assert.True(await page.EvaluateAsync<bool>("() => Blazor.resumeCircuit()"));
        await ShowsAsync(page, "help-search", "token");
        await Assertions.Expect(page.GetByTestId("help-entry").Filter(new() { HasText = "group_contains_bot" })).ToHaveCountAsync(0);
        Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"));

        await BeginAsync(page, "https://half");
        Assert.True(await page.EvaluateAsync<bool>("() => Blazor.pauseCircuit()"));
        await page.GetByTestId("chat-url").FillAsync("https://whole");
        Assert.True(await page.EvaluateAsync<bool>("() => Blazor.resumeCircuit()"));
        await ShowsAsync(page, "chat-url", "https://whole");
        var phone = await SomebodyAsync();
        await phone.GotoAsync(page.Url);
        await ShowsAsync(phone, "chat-url", "https://whole");
    }

    [Fact]
    public async Task A_laptop_that_wakes_up_does_not_overwrite_what_the_phone_typed_and_has_written_no_secret_down()
    {
        var laptop = await SomebodyAsync();
        await laptop.Context.AddInitScriptAsync("window.writtenDown = sessionStorage.getItem('unsaved');");
        await BeginAsync(laptop, "https://laptop");
        // Much later.
        await laptop.EvaluateAsync("() => { const now = Date.now; Date.now = () => now() + 3_600_000; }");
        await laptop.EvaluateAsync(Cut);
        await laptop.GetByTestId("paste").FillAsync("a note with the token eyJ in it");
        await laptop.GetByTestId("app-id").FillAsync("typed-on-waking-up");
        var phone = await SomebodyAsync();
        await phone.GotoAsync(laptop.Url);
        await phone.GetByTestId("chat-url").FillAsync("https://phone");
        await Assertions.Expect(phone.GetByTestId("draft-saved")).Not.ToBeEmptyAsync();

        var address = _portal.Url;
        await _portal.DisposeAsync();
        _portal = await StartAsync(address);
        await laptop.EvaluateAsync(Mend);

        await ShowsAsync(laptop, "app-id", "typed-on-waking-up");
        await ShowsAsync(laptop, "chat-url", "https://phone");
        var writtenDown = await laptop.EvaluateAsync<string>("() => window.writtenDown");
        Assert.Contains("typed-on-waking-up", writtenDown, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", writtenDown, StringComparison.Ordinal);
        Assert.DoesNotContain("laptop", writtenDown, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_again_while_the_portal_is_away_keeps_the_page()
    {
        var page = await SomebodyAsync();
        await page.GotoAsync("/help");
        await page.GetByTestId("help-search").FillAsync("token");
        var address = _portal.Url;
        await _portal.DisposeAsync();
        await Assertions.Expect(page.GetByTestId("reconnect")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        // As after some minutes.
        await page.EvaluateAsync("() => { document.getElementById('components-reconnect-modal').className = 'components-reconnect-failed'; }");
        await page.RunAndWaitForRequestAsync(() => page.Locator("[data-reconnect=retry]").ClickAsync(), request => request.Url.EndsWith("/health/live", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("token");

        _portal = await StartAsync(address);
        await BackAsync(page);
        await ShowsAsync(page, "help-search", "token");
    }

    private static async Task BeginAsync(IPage page, string typed)
    {
        await page.GotoAsync("/bots/new");
        await page.GetByTestId("chat-url").PressSequentiallyAsync(typed[..^1]);
        await Assertions.Expect(page).ToHaveURLAsync(Draft());
        await page.Keyboard.TypeAsync(typed[^1..]);
    }

    private static Task BackAsync(IPage page) => Assertions.Expect(page.GetByTestId("reconnect")).ToBeHiddenAsync(new() { Timeout = 60_000 });

    private static Task ShowsAsync(IPage page, string handle, string text) => Assertions.Expect(page.GetByTestId(handle)).ToHaveValueAsync(text, new() { Timeout = 60_000 });

    private async Task<IPage> SomebodyAsync()
    {
        var page = await (await _chromium.PersonAsync(_portal.Url, "en")).NewPageAsync();
        await new Newcomer(page, null!, "en").SignInAsync();
        return page;
    }

    private Task<Support.PortalProcess> StartAsync(string? address) =>
        Support.PortalProcess.StartAsync(
            Support.PortalProcess.BuiltDll,
            Support.Repository.Root,
            _folder,
            address is null ? null : new Dictionary<string, string?> { ["urls"] = address }
        );

    [GeneratedRegex("/bots/[0-9a-f-]{36}/connect")]
    private static partial Regex Draft();
}
