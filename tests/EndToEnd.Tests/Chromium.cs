using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>Debian's Chromium, driven by Playwright.</summary>
internal sealed class Chromium : IAsyncDisposable
{
    // Without these a browser in a closed network spends its time looking for servers that are not there.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    // What should be seen within a moment is waited for much longer: on a machine that does many things at once it comes when it comes.
    private const float Patience = 20_000;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        Assertions.SetDefaultExpectTimeout(Patience);
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = "/usr/bin/chromium", Args = Arguments });
        return new(playwright, browser);
    }

    /// <summary>A new person with a browser of their own; with what another browser remembers, when <paramref name="state"/> says so.</summary>
    public async Task<IBrowserContext> PersonAsync(
        string address,
        string language,
        int width = 1280,
        int height = 900,
        ColorScheme scheme = ColorScheme.Light,
        string? state = null
    )
    {
        var context = await _browser.NewContextAsync(
            new()
            {
                BaseURL = address,
                Locale = language,
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
                Permissions = ["clipboard-read", "clipboard-write"],
                ReducedMotion = ReducedMotion.Reduce,
                StorageState = state,
            }
        );
        context.SetDefaultTimeout(Patience);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
