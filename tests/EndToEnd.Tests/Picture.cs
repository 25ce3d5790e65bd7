using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>Pictures of pages as they are, from top to bottom.</summary>
internal static class Picture
{
    private const string Scrolled = "() => [scrollX, scrollY]";

    // For a picture of the whole page the browser scrolls, and may go back only while the next button is being pressed: the mouse would be let
    // go of over another one.
    private const string ScrollBack = """
        async ([left, top]) => {
          scrollTo({ left, top, behavior: "instant" });
          for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame);
        }
        """;

    /// <summary>Takes one, and comes back when the page lies as it did before.</summary>
    public static async Task TakeAsync(IPage page, string path)
    {
        var scrolled = await page.EvaluateAsync<double[]>(Scrolled);
        await page.ScreenshotAsync(new() { Path = path, FullPage = true, Animations = ScreenshotAnimations.Disabled });
        await page.EvaluateAsync(ScrollBack, scrolled);
    }
}
