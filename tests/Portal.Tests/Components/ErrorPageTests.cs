using Bunit;
using Portal.Components.Errors;

namespace Portal.Tests.Components;

/// <summary>Pages that stand where another was looked for, and the way from a code to its help.</summary>
public sealed class ErrorPageTests : PageContext
{
    [Theory]
    [InlineData("en", "No access", "Ask the administrator")]
    [InlineData("es", "Sin acceso", "Pida")]
    public void Who_has_no_role_is_told_whom_to_ask_and_can_sign_in_as_somebody_else(string language, string title, string next)
    {
        Read(language);

        var page = Render<NoAccess>();

        Assert.Equal(title, page.Find("h1").TextContent);
        Assert.Contains(next, page.Find(ByTestId("no-access")).TextContent, StringComparison.Ordinal);
        Assert.Equal(("submit", "sign-out"), (page.Find("button").GetAttribute("type"), page.Find("button").GetAttribute("form")));
    }

    [Fact]
    public void An_address_that_leads_nowhere_says_so_and_leads_to_the_bots()
    {
        var page = Render<NotFoundPage>();

        Assert.Equal("There is no such page", page.Find("h1").TextContent);
        Assert.Equal(("/", "Go to the bots"), (page.Find("a").GetAttribute("href"), page.Find("a").TextContent.Trim()));
    }

    [Fact]
    public void A_code_leads_to_its_help_beside_the_page_that_is_open()
    {
        var link = Render<CodeLink>(p => p.Add(c => c.Code, "token_refused")).Find("a");

        Assert.Equal("token_refused", link.QuerySelector("code")!.TextContent);
        Assert.Equal(("/help/token_refused", "_blank", "noopener"), (link.GetAttribute("href"), link.GetAttribute("target"), link.GetAttribute("rel")));
    }

    [Fact]
    public void What_is_no_code_does_not_leave_the_help() =>
        Assert.Equal("/help/..%2Fdeliveries%3Fa", Render<CodeLink>(p => p.Add(c => c.Code, "../deliveries?a")).Find("a").GetAttribute("href"));
}
