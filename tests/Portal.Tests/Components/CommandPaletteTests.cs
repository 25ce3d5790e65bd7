using Bunit;
using Core.Bots;
using Core.Bots.Listing;
using Core.Security;
using Core.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;
using Portal.Components.Layout;
using Support;

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

    [Fact]
    public async Task On_a_bot_s_page_its_parts_come_first_and_elsewhere_both_names_lead_there()
    {
        var bot = await DraftAsync(new() { Name = "freshbot" });
        await DraftAsync(new() { Name = "freshbread" });
        Use<NavigationManager>().NavigateTo($"/bots/{bot.Id}/webhook");
        var palette = Render<CommandPalette>();

        Type(palette, "");
        palette.WaitForAssertion(() => Assert.Equal(["Overview", "Settings", "Sites"], Titles(palette).Take(3)));
        Use<NavigationManager>().NavigateTo("/settings");
        Type(palette, "sites freshbo");
        palette.WaitForAssertion(() => Assert.Equal(["Sites"], Titles(palette)));
        palette.Find(ByTestId("palette-search")).KeyDown("Enter");

        palette.WaitForAssertion(() => Assert.Equal($"/bots/{bot.Id}/sites", Where));
        Type(palette, "fresh");
        palette.WaitForAssertion(() => Assert.Equal(["freshbot", "freshbread"], Titles(palette).Take(2)));
        Type(palette, "freshbread");
        palette.WaitForAssertion(() => Assert.Equal(["freshbread", "Settings"], Titles(palette).Take(2)));
    }

    [Fact]
    public async Task A_bot_is_paused_after_a_question_by_who_may_and_resumed_at_once()
    {
        var bot = await DraftAsync(new() { Name = "freshbot" });
        await Use<PortalStore>().WriteAsync(db => db.Bots.ExecuteUpdateAsync(row => row.SetProperty(b => b.Status, BotStatus.Live)), CancellationToken.None);
        var questions = Render<MudDialogProvider>();
        var palette = Render<CommandPalette>();
        Person.Role = Role.Viewer;
        Type(palette, "freshbot pause");
        palette.WaitForElement(ByTestId("palette-nothing"));
        Person.Role = Role.Operator;

        Type(palette, "freshbot pause");
        palette.WaitForAssertion(() => Assert.Equal(["Pause"], Titles(palette)));
        palette.Find(ByTestId("palette-option")).Click();
        questions.WaitForElement(ByTestId("confirm")).Click();
        palette.WaitForAssertion(() => Assert.Equal($"/bots/{bot.Id}", Where));
        Assert.Equal(BotStatus.Paused, await StatusAsync(bot));
        Type(palette, "resume");
        palette.WaitForAssertion(() => Assert.Equal("Resume", Titles(palette).First()));
        palette.Find(ByTestId("palette-option")).Click();

        await Eventually.BecomesAsync(() => StatusAsync(bot), status => status is BotStatus.Live, "the bot answers again");
    }

    [Fact]
    public async Task What_is_to_be_done_may_be_named_alone_and_lists_the_bots_it_can_be_done_with()
    {
        foreach (var name in new[] { "comida", "tienda", "pausada", "borrador" })
            await DraftAsync(new() { Name = name, Freshchat = new() { AppId = name } });
        await Use<PortalStore>().WriteAsync(db => db.Bots.Where(b => b.Name == "comida" || b.Name == "tienda").ExecuteUpdateAsync(row => row.SetProperty(b => b.Status, BotStatus.Live)), CancellationToken.None);
        await Use<PortalStore>().WriteAsync(db => db.Bots.Where(b => b.Name == "pausada").ExecuteUpdateAsync(row => row.SetProperty(b => b.Status, BotStatus.Paused)), CancellationToken.None);
        Read("es");
        var palette = Render<CommandPalette>();

        Type(palette, "pausar");
        palette.WaitForAssertion(() => Assert.Equal(["Pausar comida", "Pausar tienda"], Shown(palette).Take(2)));
        Type(palette, "reanudar");
        palette.WaitForAssertion(() => Assert.Equal("Reanudar pausada", Shown(palette).First()));
        Assert.All(palette.FindAll(ByTestId("palette-option")).Skip(1), option => Assert.Equal("help", option.GetAttribute("data-kind")));
        Person.Role = Role.Viewer;
        Type(palette, "pausar");

        palette.WaitForAssertion(() => Assert.DoesNotContain("action", palette.FindAll(ByTestId("palette-option")).Select(option => option.GetAttribute("data-kind"))));
    }

    private static IEnumerable<string> Shown(IRenderedComponent<CommandPalette> palette) =>
        palette.FindAll(ByTestId("palette-option")).Select(option => $"{option.QuerySelector(".palette-title")!.TextContent} {option.QuerySelector(".palette-detail")!.TextContent}");

    private async Task<BotStatus> StatusAsync(BotView bot) => Right(await Use<FindBots>().NameAsync(Admin, bot.Id, CancellationToken.None)).Status;

    private static IEnumerable<string> Titles(IRenderedComponent<CommandPalette> palette) => palette.FindAll(".palette-title").Select(title => title.TextContent);

    private string Where => new Uri(Use<NavigationManager>().Uri).AbsolutePath;

    private static void Type(IRenderedComponent<CommandPalette> palette, string text) => palette.Find(ByTestId("palette-search")).Input(text);
}
