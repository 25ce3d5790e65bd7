using System.Net;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Authentication;
using Support;

namespace Portal.Tests.Authentication;

/// <summary>Signing in and out with the sandbox's provider, request by request.</summary>
public sealed class SignInTests(SignInTests.Started started) : IClassFixture<SignInTests.Started>
{
    private RunningPortal Portal => started.Portal;

    [Theory]
    [InlineData("admin", "Ana Admin", "Admin")]
    [InlineData("operator", "Óscar Operador", "Operator")]
    public async Task Three_people_come_in_with_their_roles(string person, string name, string role)
    {
        using var browser = new PlainBrowser(Portal.Url);

        var page = await browser.SignInAsync(person, "/bots/new?from=mail");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("/bots/new?from=mail", browser.Way[^1].PathAndQuery);
        var claims = Ticket(browser);
        Assert.Equal(name, claims["name"]);
        Assert.Equal(role, claims["portal_role"]);
    }

    [Fact]
    public async Task Somebody_without_a_role_gets_the_no_access_page_and_nothing_else()
    {
        using var browser = new PlainBrowser(Portal.Url);

        await browser.SignInAsync("viewer");

        Assert.Equal("/no-access", browser.Way[^1].AbsolutePath);
        Assert.False(Ticket(browser).ContainsKey("portal_role"));
        await browser.GetAsync("/bots/new");
        Assert.Equal("/no-access", browser.Way[^1].AbsolutePath);
    }

    [Fact]
    public async Task Without_a_session_pages_lead_to_the_provider_with_code_and_proof()
    {
        using var response = await Portal.Http.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        var target = response.Headers.Location!;
        Assert.Equal(Portal.Url + "/sandbox/identity/authorize", target.GetLeftPart(UriPartial.Path));
        var asked = QueryHelpers.ParseQuery(target.Query);
        Assert.Equal(("code", "S256"), (asked["response_type"].ToString(), asked["code_challenge_method"].ToString()));
        Assert.Equal(Portal.Url + "/signin-oidc", asked["redirect_uri"]);
        Assert.DoesNotContain("secret", target.Query, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Signing_out_needs_the_token_of_a_page_and_ends_both_sessions()
    {
        using var browser = new PlainBrowser(Portal.Url);
        var page = await browser.SignInAsync("admin");

        Assert.Equal(HttpStatusCode.BadRequest, (await browser.PostAsync("/signout")).Status);
        Assert.Contains(".Mammut.Portal", browser.Cookies.Keys);

        await browser.PostAsync("/signout", ("__RequestVerificationToken", PlainBrowser.AntiforgeryToken(page)));
        Assert.DoesNotContain(".Mammut.Portal", browser.Cookies.Keys);
        Assert.Contains(browser.Way, step => step.AbsolutePath == "/sandbox/identity/end-session");
        Assert.Contains(browser.Way, step => step.AbsolutePath == "/signout-callback-oidc");
        // Back at the portal, which asks again who one is.
        Assert.Equal("/sandbox/identity/authorize", browser.Way[^1].AbsolutePath);
        Assert.Contains("data-person=\"admin\"", (await browser.GetAsync("/")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_signing_out_a_copy_of_the_cookie_is_worth_nothing()
    {
        using var browser = new PlainBrowser(Portal.Url);
        var page = await browser.SignInAsync("admin");
        var copy = browser.Cookies[".Mammut.Portal"];
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(copy));

        await browser.PostAsync("/signout", ("__RequestVerificationToken", PlainBrowser.AntiforgeryToken(page)));

        Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(copy));
    }

    [Fact]
    public async Task The_ticket_tells_open_pages_when_it_ends()
    {
        using var browser = new PlainBrowser(Portal.Url);
        await browser.SignInAsync("admin");

        var ticket = Format.Unprotect(browser.Cookies[".Mammut.Portal"])!;

        // The properties keep whole seconds.
        Assert.Equal(0, (ticket.Properties.ExpiresUtc!.Value - PortalSession.Of(ticket.Principal)!.Until).TotalSeconds, tolerance: 1);
    }

    [Theory]
    [InlineData("bots")]
    [InlineData("bots/not-an-id")]
    [InlineData("deliveries")]
    [InlineData("nowhere")]
    public async Task The_API_without_a_key_is_refused_and_never_leads_elsewhere(string path)
    {
        using var browser = new PlainBrowser(Portal.Url);
        await browser.SignInAsync("admin");
        var cookie = string.Join("; ", browser.Cookies.Select(c => $"{c.Key}={c.Value}"));
        foreach (var (name, value) in ((string, string?)[])[("X-Nothing", "1"), ("Authorization", "Bearer wrong"), ("Authorization", "Basic YTpi"), ("Cookie", cookie)])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/" + path);
            request.Headers.TryAddWithoutValidation(name, value);
            using var response = await Portal.Http.SendAsync(request);
            var answer = await ApiAnswer.OfAsync(response);

            Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
            Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
            Assert.NotNull(answer.Code);
            Assert.False(answer.Headers.ContainsKey("Location"));
        }
    }

    [Theory]
    [InlineData("en", "/bots?x=1", "/bots?x=1", true)]
    [InlineData("es", "/", "/", true)]
    [InlineData("fr", "/bots", "/bots", false)]
    [InlineData("es", "/bots?search=ñandú", "/bots?search=%C3%B1and%C3%BA", true)]
    [InlineData("en", "/.//evil.example.test/", "/", true)]
    [InlineData("en", "/\t/evil.example.test/", "/%09/evil.example.test/", true)]
    [InlineData("en", "//evil.example.test/", "/", true)]
    [InlineData("en", "/\\evil.example.test/", "/", true)]
    [InlineData("en", "https://evil.example.test/", "/", true)]
    [InlineData("en", null, "/", true)]
    public async Task The_language_is_remembered_and_the_way_back_stays_here(string culture, string? returnUrl, string target, bool remembered)
    {
        var url = QueryHelpers.AddQueryString("/culture", new Dictionary<string, string?> { ["culture"] = culture, ["returnUrl"] = returnUrl });
        using var response = await Portal.Http.GetAsync(url);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(target, response.Headers.Location?.ToString());
        Assert.Equal(remembered, response.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(c => c.Contains($"c%3D{culture}", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_way_back_cannot_add_a_header()
    {
        using var response = await Portal.Http.GetAsync("/culture?culture=en&returnUrl=%2Fbots%0D%0ASet-Cookie%3A%20a%3Db");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.DoesNotContain(response.Headers.GetValues("Set-Cookie"), c => c.StartsWith("a=b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9, HttpStatusCode.OK)]
    [InlineData(11, HttpStatusCode.Redirect)]
    public async Task After_a_working_day_the_provider_is_asked_again_however_busy_the_session_was(int hours, HttpStatusCode status)
    {
        using var browser = new PlainBrowser(Portal.Url);
        await browser.SignInAsync("admin");
        var ticket = Format.Unprotect(browser.Cookies[".Mammut.Portal"])!;
        (ticket.Properties.IssuedUtc, ticket.Properties.ExpiresUtc) = (ticket.Properties.IssuedUtc!.Value.AddHours(-hours), ticket.Properties.ExpiresUtc!.Value.AddHours(-hours));

        using var response = await GetAsync(Format.Protect(ticket));

        Assert.Equal(status, response.StatusCode);
        Assert.DoesNotContain(response.Headers.Where(h => h.Key == "Set-Cookie").SelectMany(h => h.Value), cookie => cookie.StartsWith(".Mammut.Portal=", StringComparison.Ordinal));
    }

    private async Task<HttpResponseMessage> GetAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Add("Cookie", ".Mammut.Portal=" + cookie);
        return await Portal.Http.SendAsync(request);
    }

    private async Task<HttpStatusCode> StatusAsync(string cookie)
    {
        using var response = await GetAsync(cookie);
        return response.StatusCode;
    }

    private ISecureDataFormat<AuthenticationTicket> Format =>
        Portal.Services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(CookieAuthenticationDefaults.AuthenticationScheme).TicketDataFormat;

    private Dictionary<string, string> Ticket(PlainBrowser browser)
    {
        var ticket = Format.Unprotect(browser.Cookies[".Mammut.Portal"])!;
        return ticket.Principal.Claims.GroupBy(c => c.Type).ToDictionary(c => c.Key, c => c.First().Value);
    }

    /// <summary>A portal whose provider knows a person that has no role here: the viewer's claim means nothing to it.</summary>
    public sealed class Started : IAsyncLifetime
    {
        public RunningPortal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() =>
            Portal = await RunningPortal.StartAsync(new Dictionary<string, string?> { ["Authentication:Oidc:Roles:Viewer"] = "somebody-else" });

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
