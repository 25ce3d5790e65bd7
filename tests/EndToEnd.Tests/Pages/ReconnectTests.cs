using Microsoft.Playwright;
using Support;

namespace EndToEnd.Tests.Pages;

/// <summary>The portal goes away and comes back while somebody has a page open.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task After_a_restart_the_page_is_back_with_what_was_typed()
    {
        using var folder = new TemporaryFolder();
        var portal = await StartAsync(folder, null);
        var address = portal.Url;
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(address, "es");
        var page = await person.NewPageAsync();
        await new Newcomer(page, null!, "es").SignInAsync();
        await page.GotoAsync("/help");
        await page.GetByTestId("help-search").FillAsync("token");
        var found = page.GetByTestId("help-entry");
        await Assertions.Expect(found.Filter(new() { HasText = "group_contains_bot" })).ToHaveCountAsync(0);
        var count = await found.CountAsync();

        await portal.DisposeAsync();
        await Assertions.Expect(page.GetByTestId("reconnect")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("#reconnect-title")).ToHaveTextAsync("Se ha interrumpido la conexión con el portal");
        await using var again = await StartAsync(folder, address);

        await Assertions.Expect(page.GetByTestId("reconnect")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(page.GetByTestId("help-search")).ToHaveValueAsync("token", new() { Timeout = 60_000 });
        await Assertions.Expect(found).ToHaveCountAsync(count);
        Assert.Equal(address + "/help", page.Url);
    }

    [Fact]
    public async Task A_short_break_of_the_line_leaves_the_page_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await using var portal = await StartAsync(folder, null);
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(portal.Url, "es");
        var page = await person.NewPageAsync();
        await new Newcomer(page, null!, "es").SignInAsync();
        await page.GotoAsync("/bots/new");
        await page.GetByTestId("api-token").FillAsync("typed-but-not-sent-anywhere");
        await page.EvaluateAsync("() => { window.same = true; }");

        // The socket closes as it does when a laptop sleeps; the portal still keeps the circuit.
        await page.EvaluateAsync("() => Blazor._internal.forceCloseConnection()");
        await Assertions.Expect(page.GetByTestId("reconnect")).ToBeHiddenAsync(new() { Timeout = 60_000 });

        Assert.True(await page.EvaluateAsync<bool>("() => window.same === true"));
        await Assertions.Expect(page.GetByTestId("api-token")).ToHaveValueAsync("typed-but-not-sent-anywhere");
        await page.GetByTestId("nav-help").ClickAsync();
        await Assertions.Expect(page.GetByTestId("help-search")).ToBeVisibleAsync();
        Assert.Null(await page.EvaluateAsync<string?>("() => sessionStorage.getItem('unsaved')"));
    }

    private static Task<Support.PortalProcess> StartAsync(TemporaryFolder folder, string? address) =>
        Support.PortalProcess.StartAsync(
            Support.PortalProcess.BuiltDll,
            Support.Repository.Root,
            folder,
            address is null ? null : new Dictionary<string, string?> { ["urls"] = address }
        );
}
