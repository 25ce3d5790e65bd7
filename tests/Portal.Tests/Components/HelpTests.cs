using Bunit;
using Core.Outcomes;
using Portal.Components.Errors;
using Portal.Components.Help;

namespace Portal.Tests.Components;

public sealed class HelpTests : PageContext
{
    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    public void Every_code_has_a_page_with_a_title_and_a_next_step(string language)
    {
        Read(language);

        foreach (var code in Codes.Errors.Concat(Codes.Reasons).Distinct())
        {
            var page = Render<HelpPage>(p => p.Add(h => h.Code, code));
            Assert.True(page.FindAll(ByTestId("help-unknown")).Count == 0, code);
            Assert.All(page.FindAll(ByTestId("help-fix")), fix => Assert.NotEmpty(fix.TextContent));
            Assert.DoesNotContain("{", page.Find(ByTestId("help")).TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_code_that_says_how_a_message_ended_and_what_failed_says_both() =>
        Assert.Equal(2, Render<HelpPage>(p => p.Add(h => h.Code, "superseded_conversation")).FindAll(ByTestId("help-fix")).Count);

    [Fact]
    public void A_code_that_nobody_knows_leads_to_the_list()
    {
        var page = Render<HelpPage>(p => p.Add(h => h.Code, "brand_new"));

        Assert.Contains("brand_new", page.Find(ByTestId("help-unknown")).TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("a[href='/help']"));
    }

    [Theory]
    [InlineData("en", "token_refused", "token_refused")]
    [InlineData("en", "account webhook", "app_id_taken")]
    [InlineData("es", "codigo", "unknown")]
    public void The_list_finds_codes_by_name_and_by_words_without_their_accents(string language, string search, string code)
    {
        Read(language);
        var index = Render<HelpIndex>();

        index.Find(ByTestId("help-search")).Input(search);

        Assert.Contains(code, index.FindAll(ByTestId("help-entry")).Select(entry => entry.GetAttribute("data-code")));
        Assert.True(index.FindAll(ByTestId("help-entry")).Count < 40);
    }

    [Fact]
    public void A_search_without_result_offers_all_again()
    {
        var index = Render<HelpIndex>();
        index.Find(ByTestId("help-search")).Input("xyzzy");
        Assert.Empty(index.FindAll(ByTestId("help-entry")));

        index.Find(ByTestId("show-all")).Click();

        Assert.True(index.FindAll(ByTestId("help-entry")).Count > 50);
    }

    [Fact]
    public void An_error_links_to_its_help()
    {
        var panel = Render<ErrorPanel>(p => p.Add(e => e.Error, new Error("bot_not_found")));
        var field = Render<FieldError>(p => p.Add(e => e.Error, new Error("token_refused", "apiToken")));

        Assert.Equal("/help/bot_not_found", panel.Find(ByTestId("help-link")).GetAttribute("href"));
        Assert.Equal("/help/token_refused", field.Find(ByTestId("help-link")).GetAttribute("href"));
        Assert.Equal("_blank", field.Find(ByTestId("help-link")).GetAttribute("target"));
    }
}
