using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Core.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Portal.Authentication;
using Portal.Components.Layout;

namespace Portal.Tests.Components;

/// <summary>What stands around every page, and in its place when there is none.</summary>
public sealed class LayoutTests : PageContext
{
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();

    public LayoutTests()
    {
        Services.AddSingleton<IConfiguration>(_configuration);
        Services.AddScoped<CurrentActor>();
    }

    private BunitNavigationManager Navigation => Services.GetRequiredService<BunitNavigationManager>();

    [Theory]
    [InlineData("/", "nav-bots")]
    [InlineData("/bots", "nav-bots")]
    [InlineData("/bots/7/sites", "nav-bots")]
    [InlineData("/deliveries/7", "nav-deliveries")]
    [InlineData("/conversations?owner=bot", "nav-conversations")]
    [InlineData("/settings", "nav-settings")]
    [InlineData("/help/token_refused", "nav-help")]
    [InlineData("/no-access", null)]
    public void The_menu_marks_the_part_that_one_has_come_to(string address, string? marked)
    {
        var menu = Render<NavMenu>();

        Navigation.NavigateTo(address);

        menu.WaitForAssertion(() => Assert.Equal(marked, menu.FindAll("li [aria-current=page]").SingleOrDefault()?.GetAttribute("data-testid")));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", false)]
    [InlineData(null, false)]
    public void The_sandbox_is_in_the_menu_where_there_is_one_and_opens_beside_the_portal(string? enabled, bool isThere)
    {
        _configuration["Sandbox:Enabled"] = enabled;

        var link = Render<NavMenu>().FindAll(ByTestId("nav-sandbox")).SingleOrDefault();

        Assert.Equal(isThere ? ("/sandbox", "_blank") : (null, null), (link?.GetAttribute("href"), link?.GetAttribute("target")));
        Assert.Equal(isThere, link?.OuterHtml.Contains("opens in a new tab", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void The_letters_in_the_list_of_shortcuts_are_those_that_the_menu_answers_to()
    {
        var listed = Render<ShortcutsDialog>().FindAll("dt").Select(keys => keys.QuerySelectorAll("kbd")).Where(keys => keys[0].TextContent == "g").Select(keys => keys[1].TextContent);

        Assert.Equal(Render<NavMenu>().FindAll("[data-go]").Select(link => link.GetAttribute("data-go")).Order(), listed.Order());
    }

    [Theory]
    [InlineData("en", "Keyboard shortcuts")]
    [InlineData("es", "Atajos de teclado")]
    public void Every_shortcut_says_what_it_does_and_single_letters_can_be_switched_off(string language, string title)
    {
        Read(language);

        var dialog = Render<ShortcutsDialog>();

        Assert.Equal(title, dialog.Find("#" + dialog.Find("dialog").GetAttribute("aria-labelledby")).TextContent);
        Assert.All(dialog.FindAll("dd"), what => Assert.DoesNotContain("Shortcut.", what.TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(dialog.Find("label:has([data-testid=single-keys])").TextContent.Trim());
        Assert.Equal(dialog.Find("dialog").Id, dialog.Find("button").GetAttribute("data-closes"));
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void The_bar_says_whether_the_menu_is_open_and_opens_search_and_shortcuts(bool open, string said)
    {
        SignIn(Role.Viewer);
        Render<MudPopoverProvider>();
        var toggled = 0;

        var bar = Render<TopBar>(p => p.Add(b => b.NavigationOpen, open).Add(b => b.ToggleNavigation, () => toggled++));
        bar.Find(ByTestId("nav-toggle")).Click();

        Assert.Equal((1, said), (toggled, bar.Find(ByTestId("nav-toggle")).GetAttribute("aria-expanded")));
        Assert.Equal(Render<NavMenu>().Find("nav").Id, bar.Find(ByTestId("nav-toggle")).GetAttribute("aria-controls"));
        Assert.Equal([Render<FailedPalette>().Find("dialog").Id, Render<ShortcutsDialog>().Find("dialog").Id], bar.FindAll("[data-opens]").Select(button => button.GetAttribute("data-opens")));
    }

    [Fact]
    public void A_palette_that_failed_says_so_where_its_keys_lead_and_can_be_closed()
    {
        var palette = Render<FailedPalette>();

        Assert.Equal("palette", palette.Find("dialog").Id);
        Assert.Equal("search_failed", palette.Find("[role=alert]").GetAttribute("data-code"));
        Assert.Equal("palette", palette.Find("button").GetAttribute("data-closes"));
    }

    [Theory]
    [InlineData("en", "language-en", "language-es", "/culture?culture=es&returnUrl=")]
    [InlineData("es", "language-es", "language-en", "/culture?culture=en&returnUrl=")]
    public void The_other_language_is_one_press_away_and_leads_back_to_the_same_page(string language, string current, string other, string href)
    {
        Read(language);
        var languages = Render<LanguageSwitch>();

        Navigation.NavigateTo("/deliveries?status=dead");

        languages.WaitForAssertion(() => Assert.Equal(href + "%2Fdeliveries%3Fstatus%3Ddead", languages.Find(ByTestId(other)).GetAttribute("href")));
        Assert.Equal(current, languages.Find("[aria-current=true]").GetAttribute("data-testid"));
    }

    [Fact]
    public void A_theme_that_is_chosen_holds_at_once_and_is_remembered()
    {
        var opened = Render<MudPopoverProvider>();
        var theme = Render<ThemeSwitch>();
        theme.Find("button").Click();
        Assert.Equal("theme-system", Checked());

        opened.Find(ByTestId("theme-dark")).Click();

        Assert.True(Services.GetRequiredService<Reader>().IsDark);
        Assert.Equal("dark", JSInterop.VerifyInvoke("portal.remember").Arguments.Single());
        theme.Find("button").Click();
        Assert.Equal("theme-dark", Checked());

        string? Checked() => opened.WaitForElement("[role=menuitemradio][aria-checked=true]").GetAttribute("data-testid");
    }

    [Theory]
    [InlineData(Role.Viewer, "Viewer")]
    [InlineData(Role.Admin, "Administrator")]
    [InlineData(null, "No role")]
    public void Who_is_signed_in_and_with_which_role_stands_where_one_signs_out(Role? role, string said)
    {
        SignIn(role);
        var opened = Render<MudPopoverProvider>();

        var menu = Render<PersonMenu>();
        Assert.Equal("Signed in as Ana", menu.Find("button").GetAttribute("aria-label"));
        menu.Find("button").Click();

        Assert.Equal(["Ana", said], opened.WaitForElement(".person-card").Children.Select(line => line.TextContent));
        Assert.Equal(("submit", "sign-out"), (opened.Find(ByTestId("sign-out")).GetAttribute("type"), opened.Find(ByTestId("sign-out")).GetAttribute("form")));
    }

    [Fact]
    public void Until_it_is_known_who_looks_nobody_is_named()
    {
        AddAuthorization().SetAuthorizing();

        Assert.Empty(Render<PersonMenu>().FindAll("*"));
    }

    [Theory]
    [InlineData("en", "Loading", "needs JavaScript")]
    [InlineData("es", "Cargando", "necesita JavaScript")]
    public void Before_the_page_is_there_it_is_said_that_it_comes_and_what_it_needs(string language, string said, string needs)
    {
        Read(language);

        var frame = Render<LoadingFrame>();

        Assert.Equal(said, frame.Find("[role=status]").GetAttribute("aria-label"));
        Assert.Contains(needs, frame.Find("noscript").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "This page has stopped working", "Reload the page")]
    [InlineData("es", "Esta página ha dejado de funcionar", "Recargar la página")]
    public void A_broken_page_has_its_words_and_its_way_on_from_the_start(string language, string title, string reload)
    {
        Read(language);

        var notice = Render<BrokenPage>();

        Assert.Equal(title, notice.Find("#" + notice.Find("[role=alertdialog]").GetAttribute("aria-labelledby")).TextContent);
        Assert.Equal((reload, "reload"), (notice.Find("button").TextContent, notice.Find("button").GetAttribute("data-reconnect")));
    }

    [Fact]
    public void A_connection_that_is_lost_is_tried_again_unless_the_portal_was_restarted()
    {
        var notice = Render<ReconnectModal>();

        Assert.Equal("The connection to the portal is interrupted", notice.Find("#" + notice.Find("[role=alertdialog]").GetAttribute("aria-labelledby")).TextContent);
        Assert.Equal(["retry", "reload"], Offered("reconnect-failed"));
        Assert.Equal(["reload"], Offered("reconnect-rejected"));
        Assert.Empty(Offered("reconnect-trying"));
        Assert.Contains("The portal was restarted.", notice.Find("p.reconnect-rejected").TextContent, StringComparison.Ordinal);

        IEnumerable<string?> Offered(string when) => notice.FindAll($"button.{when}").Select(button => button.GetAttribute("data-reconnect"));
    }

    private void SignIn(Role? role) => AddAuthorization().SetAuthorized("Ana").SetClaims(role is null ? [] : [new Claim(PortalRole.Claim, role.Value.ToString())]);
}
