using Microsoft.Playwright;

namespace Benchmarks.Runs;

/// <summary>Chromium in the hands of an admin who has signed in; each person it makes has an empty cache.</summary>
internal sealed class AdminBrowser : IAsyncDisposable
{
    // Watches from the first script on: when the page can be used, and everything that moved without being asked to.
    private const string Watch = """
        (() => {
          window.measured = { shift: 0, moved: "" };
          new PerformanceObserver(list => { for (const e of list.getEntries()) if (!e.hadRecentInput) { measured.shift += e.value; measured.moved += " " + location.pathname + ":" + e.sources.map(s => (s.node?.className || s.node?.nodeName) + "@" + s.previousRect.y + "->" + s.currentRect.y).join(","); } }).observe({ type: "layout-shift", buffered: true });
          const usable = () => document.querySelector("main[data-interactive=true] h1") && !document.querySelector("main .list-skeleton");
          new MutationObserver((_, observer) => { if (usable()) { measured.usable = performance.now(); observer.disconnect(); } })
            .observe(document, { childList: true, subtree: true, attributes: true });
        })();
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;
    private readonly string _address;
    private string? _signedIn;

    private AdminBrowser(IPlaywright playwright, IBrowser browser, Uri portal) => (_playwright, _browser, _address) = (playwright, browser, portal.ToString());

    /// <summary>Settings of a portal that this admin can sign in to: the sandbox is there for that alone.</summary>
    public static Dictionary<string, string> SignIn(BenchmarkOptions options) =>
        new()
        {
            ["environment"] = "Development",
            ["Portal:PublicUrl"] = "",
            ["Authentication:Oidc:Authority"] = "",
            ["Sandbox:Enabled"] = "true",
            ["Sandbox:StateFile"] = Path.Combine(options.Folder, "pages-sandbox.db"),
        };

    /// <summary>Starts Chromium and signs in.</summary>
    public static async Task<AdminBrowser> StartAsync(Uri portal)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(
            new()
            {
                ExecutablePath = "/usr/bin/chromium",
                Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
            }
        );
        var admin = new AdminBrowser(playwright, browser, portal);
        await using var person = await admin.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync("/");
        await page.Locator("[data-person=admin]").ClickAsync();
        await page.Locator("main[data-interactive=true] h1").WaitForAsync();
        admin._signedIn = await person.StorageStateAsync();
        return admin;
    }

    /// <summary>A new profile with nothing in its cache.</summary>
    public async Task<IBrowserContext> PersonAsync()
    {
        var person = await _browser.NewContextAsync(
            new() { BaseURL = _address, Locale = "en", ViewportSize = new() { Width = 1280, Height = 900 }, StorageState = _signedIn }
        );
        await person.AddInitScriptAsync(Watch);
        return person;
    }

    /// <summary>Opens the dashboard; returns the milliseconds from the start of the navigation until it can be used.</summary>
    public static async Task<double> FirstPageAsync(IPage page)
    {
        await page.GotoAsync("/");
        await page.WaitForFunctionAsync("() => measured.usable > 0");
        return await page.EvaluateAsync<double>("() => measured.usable");
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
