using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sandbox.Tests.Freshchat;

namespace Sandbox.Tests.Storefront;

/// <summary>The pages as a browser receives them; what they do is for browser tests to see.</summary>
public sealed partial class PagesTests(SandboxProcess sandbox) : IClassFixture<SandboxProcess>
{
    private async Task<string> PageAsync(string path, string? languages = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (languages is not null)
            request.Headers.Add("Accept-Language", languages);
        using var response = await sandbox.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(
            "script-src 'self'",
            response.Headers.GetValues("Content-Security-Policy").Single(),
            StringComparison.Ordinal
        );
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/sandbox", null, "Dos tiendas")]
    [InlineData("/sandbox/", "en-GB,en;q=0.9,es;q=0.5", "Two shops")]
    [InlineData("/sandbox", "fr,es-ES;q=0.8,en;q=0.5", "Dos tiendas")]
    [InlineData("/sandbox?lang=en", "es", "Two shops")]
    [InlineData("/sandbox/desk?lang=es", "en", "Mesa de agentes")]
    [InlineData("/sandbox/admin?lang=xx", "en", "Webhook deliveries")]
    public async Task A_page_speaks_the_language_that_was_chosen_or_asked_for(string path, string? languages, string text)
    {
        Assert.Contains(text, await PageAsync(path, languages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es", "4,50 €")]
    [InlineData("en", "€4.50")]
    public async Task The_shops_say_their_prices_as_the_reader_writes_them_and_which_site_they_are(string language, string price)
    {
        var page = await PageAsync($"/sandbox?lang={language}");

        Assert.Contains($"<b>{price}</b>", page, StringComparison.Ordinal);
        Assert.Contains("<code>siteId: comida</code>", page, StringComparison.Ordinal);
        Assert.Contains("<code>siteId: utensilios</code>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bots_that_Mammut_has_are_told_to_the_page_without_the_platform_s_own()
    {
        using var none = await sandbox.Http.GetAsync("/sandbox/control/mammut/bots");
        Assert.Equal("[]", await none.Content.ReadAsStringAsync());
        Assert.Contains("id=\"bots-h\"", await PageAsync("/sandbox/admin"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/desk")]
    [InlineData("/sandbox/admin")]
    public async Task A_page_is_complete_and_asks_no_other_host(string path)
    {
        var page = await PageAsync(path);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        // Nobody has told a sandbox of its own where a portal is.
        Assert.DoesNotContain("data-testid=\"portal\"", page, StringComparison.Ordinal);
        foreach (Match link in Link().Matches(page))
        {
            Assert.Matches("^[/?#]", link.Groups[1].Value);
            if (!link.Groups[1].Value.StartsWith("/sandbox", StringComparison.Ordinal))
                continue;
            using var response = await sandbox.Http.GetAsync(link.Groups[1].Value);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_new_token_is_made_on_the_admin_page_and_the_old_one_is_refused_from_then_on()
    {
        Assert.Contains("data-testid=\"admin-new-token\"", await PageAsync("/sandbox/admin"), StringComparison.Ordinal);
        var old = (await sandbox.ControlAsync(HttpMethod.Get, "account")).AsObject().Text("token");

        var token = (await sandbox.ControlAsync(HttpMethod.Post, "token", new { })).AsObject().Text("token");

        using var refused = await sandbox.ApiAsync(HttpMethod.Get, "/accounts/configuration", token: old);
        using var accepted = await sandbox.ApiAsync(HttpMethod.Get, "/accounts/configuration", token: token);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (refused.StatusCode, accepted.StatusCode));
    }

    [Theory]
    [InlineData("storefront.css", "text/css")]
    [InlineData("page.js", "text/javascript")]
    [InlineData("icon.svg", "image/svg+xml")]
    public async Task Assets_are_served_with_their_type_and_revalidated(string name, string type)
    {
        using var first = await sandbox.Http.GetAsync($"/sandbox/assets/{name}");
        Assert.Equal(type, first.Content.Headers.ContentType?.MediaType);
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/sandbox/assets/{name}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await sandbox.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("layout.html")]
    [InlineData("texts.es.json")]
    [InlineData("nothing.js")]
    public async Task Nothing_but_assets_is_served(string name)
    {
        using var response = await sandbox.Http.GetAsync($"/sandbox/assets/{name}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Both_languages_have_the_same_texts_and_scripts_name_no_other()
    {
        var (spanish, english) = (await TextsAsync("es"), await TextsAsync("en"));
        Assert.Equal(spanish.Keys.Order(), english.Keys.Order());
        foreach (var script in new[] { "page.js", "shops.js", "desk.js", "admin.js" })
        foreach (Match used in UsedText().Matches(await sandbox.Http.GetStringAsync($"/sandbox/assets/{script}")))
            Assert.Contains(used.Groups[1].Value, spanish.Keys);
    }

    private async Task<Dictionary<string, string>> TextsAsync(string language)
    {
        var page = await sandbox.Http.GetStringAsync($"/sandbox?lang={language}");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(TextsElement().Match(page).Groups[1].Value)!;
    }

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Link();

    [GeneratedRegex("""\bt\("([a-zA-Z.-]+)"[,)]""")]
    private static partial Regex UsedText();

    [GeneratedRegex("id=\"texts\">(.*?)</script>")]
    private static partial Regex TextsElement();
}
