using Bunit;
using Microsoft.AspNetCore.Components;
using Portal.Components.Layout;

namespace Portal.Tests.Components;

/// <summary>The palette in each of its states, and when it is faster typed than found.</summary>
public sealed class CommandPaletteTests : WholePage
{
    [Fact]
    public void What_was_found_is_counted_and_the_first_of_it_is_chosen()
    {
        var palette = Render<CommandPalette>();

        Type(palette, "configuration");

        palette.WaitForAssertion(() => Assert.Equal("page", palette.FindAll(ByTestId("palette-option"))[0].GetAttribute("data-kind")));
        Assert.Equal("true", palette.FindAll(ByTestId("palette-option"))[0].GetAttribute("aria-selected"));
        Assert.StartsWith("Results: ", palette.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_found_is_said_only_after_something_was_asked()
    {
        var palette = Render<CommandPalette>();
        Assert.Empty(palette.FindAll(ByTestId("palette-nothing")));

        Type(palette, "xyzzy");

        palette.WaitForElement(ByTestId("palette-nothing"));
    }

    [Fact]
    public void Enter_waits_for_what_was_typed_last()
    {
        var palette = Render<CommandPalette>();
        Type(palette, "settings");
        palette.WaitForElement(ByTestId("palette-option"));
        var known = new TaskCompletionSource();
        Person.Known = known.Task;
        Type(palette, "deliveries");

        palette.Find(ByTestId("palette-search")).KeyDown("Enter");
        Assert.Equal("/", Where);
        known.SetResult();

        palette.WaitForAssertion(() => Assert.Equal("/deliveries", Where));
    }

    [Fact]
    public void What_was_typed_first_and_found_last_is_not_shown()
    {
        var palette = Render<CommandPalette>();
        var (slow, quick) = (new TaskCompletionSource(), new TaskCompletionSource());
        Person.Known = slow.Task;
        Type(palette, "settings");
        Person.Known = quick.Task;
        Type(palette, "xyzzy");

        quick.SetResult();
        palette.WaitForElement(ByTestId("palette-nothing"));
        slow.SetResult();

        Assert.Empty(palette.FindAll(ByTestId("palette-option")));
    }

    [Fact]
    public void A_search_that_fails_says_so_and_the_next_one_works()
    {
        var palette = Render<CommandPalette>();
        Person.Known = Task.FromException(new InvalidOperationException("The database is away."));

        Type(palette, "settings");

        palette.WaitForAssertion(() => Assert.Equal("search_failed", palette.Find(ByTestId("error")).GetAttribute("data-code")));
        Person.Known = Task.CompletedTask;
        Type(palette, "settings");
        palette.WaitForElement(ByTestId("palette-option"));
        Assert.Empty(palette.FindAll(ByTestId("error")));
    }

    private string Where => new Uri(Use<NavigationManager>().Uri).AbsolutePath;

    private static void Type(IRenderedComponent<CommandPalette> palette, string text) => palette.Find(ByTestId("palette-search")).Input(text);
}
