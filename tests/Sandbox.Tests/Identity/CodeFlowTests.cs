using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;

namespace Sandbox.Tests.Identity;

/// <summary>What a portal and a browser do to sign somebody in, request by request.</summary>
public sealed partial class CodeFlowTests(RunningSandbox sandbox) : IClassFixture<RunningSandbox>
{
    private const string Verifier = "a-verifier-of-at-least-forty-three-characters";
    private const string Callback = "http://127.0.0.1:41234/signin-oidc";

    [Theory]
    [InlineData("admin", "Ana Admin")]
    [InlineData("operator", "Óscar Operador")]
    [InlineData("viewer", "Vera Visor")]
    public async Task The_chosen_person_reaches_the_portal(string role, string name)
    {
        var (_, redirect) = await ChooseAsync(role);
        var tokens = await RedeemAsync(CodeIn(redirect), Verifier);

        var idToken = JsonNode.Parse(Base64Url.DecodeFromChars(((string)tokens["id_token"]!).Split('.')[1]))!;
        Assert.Equal(new Uri(sandbox.Http.BaseAddress!, "/sandbox/identity/").ToString(), (string?)idToken["iss"]);
        Assert.Equal("mammut-portal", (string?)idToken["aud"]);
        Assert.Equal("n-1", (string?)idToken["nonce"]);
        Assert.Equal($"sandbox-{role}", (string?)idToken["sub"]);
        Assert.Equal(name, (string?)idToken["name"]);
        Assert.Contains("@", (string?)idToken["email"], StringComparison.Ordinal);
        Assert.Equal(role, (string?)idToken["role"]);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/sandbox/identity/userinfo");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (string)tokens["access_token"]!);
        using var response = await sandbox.Http.SendAsync(request);
        var userInfo = await response.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal($"sandbox-{role}", (string?)userInfo!["sub"]);
        Assert.Equal(name, (string?)userInfo["name"]);
        Assert.Equal(role, (string?)userInfo["role"]);
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_its_verifier()
    {
        var (_, redirect) = await ChooseAsync("admin");

        using var response = await PostTokenAsync(CodeIn(redirect), "another-verifier-of-at-least-forty-three-chars");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Proof_of_possession_is_required()
    {
        using var response = await sandbox.Http.GetAsync(AuthorizeUrl(new() { ["code_challenge"] = null, ["code_challenge_method"] = null }));

        Assert.Equal("invalid_request", QueryOf(response.Headers.Location!)["error"]);
    }

    [Theory]
    [InlineData("http://localhost:5080/signin-oidc", true)]
    [InlineData("http://127.0.0.1/signin-oidc", true)]
    [InlineData("http://[::1]:7000/signin-oidc", true)]
    [InlineData("https://127.0.0.1:5443/signin-oidc", true)]
    [InlineData("http://127.0.0.1:5080/elsewhere", false)]
    [InlineData("http://evil.example.test/signin-oidc", false)]
    [InlineData("http://127.0.0.1.evil.example.test/signin-oidc", false)]
    public async Task The_portal_may_listen_on_any_port_of_this_machine(string redirectUri, bool accepted)
    {
        using var response = await sandbox.Http.GetAsync(AuthorizeUrl(new() { ["redirect_uri"] = redirectUri }));

        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Whoever_was_chosen_stays_signed_in_until_asked_again()
    {
        var (cookie, _) = await ChooseAsync("viewer");

        using var again = await GetAsync(AuthorizeUrl(), cookie);
        Assert.Equal("viewer", await RoleAsync(again.Headers.Location!));

        using var asked = await GetAsync(AuthorizeUrl(new() { ["prompt"] = "login" }), cookie);
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        using var chosen = await PostChoiceAsync("operator", RequestIn(await asked.Content.ReadAsStringAsync()));
        using var redirect = await GetAsync(chosen.Headers.Location!.ToString(), CookieOf(chosen));
        Assert.Equal("operator", await RoleAsync(redirect.Headers.Location!));
    }

    [Fact]
    public async Task Without_a_page_nobody_is_signed_in()
    {
        using var response = await sandbox.Http.GetAsync(AuthorizeUrl(new() { ["prompt"] = "none" }));

        Assert.Equal("login_required", QueryOf(response.Headers.Location!)["error"]);
    }

    [Theory]
    [InlineData("http://localhost:5080/signout-callback-oidc")]
    [InlineData("http://127.0.0.1:41234/signout-callback-oidc")]
    public async Task Signing_out_forgets_the_person_and_returns_to_the_portal(string returnTo)
    {
        var (cookie, _) = await ChooseAsync("admin");

        using var response = await GetAsync(
            QueryHelpers.AddQueryString(
                "/sandbox/identity/end-session",
                new Dictionary<string, string?>
                {
                    ["post_logout_redirect_uri"] = returnTo,
                    ["state"] = "s-2",
                    ["id_token_hint"] = "of.an.earlier-life",
                }
            ),
            cookie
        );

        Assert.StartsWith(returnTo + "?", response.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("s-2", QueryOf(response.Headers.Location!)["state"]);
        Assert.StartsWith(".Mammut.Sandbox.Identity=;", response.Headers.GetValues("Set-Cookie").Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("es-ES,es;q=0.9,en;q=0.5", null, "es")]
    [InlineData("en-GB,es;q=0.5", null, "en")]
    [InlineData("fr", null, "es")]
    [InlineData("en", "es", "es")]
    public async Task The_page_speaks_the_language_of_the_browser_or_the_portal(string accepted, string? uiLocales, string language)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, AuthorizeUrl(new() { ["ui_locales"] = uiLocales }));
        request.Headers.AcceptLanguage.ParseAdd(accepted);
        using var response = await sandbox.Http.SendAsync(request);

        var page = await response.Content.ReadAsStringAsync();
        Assert.Contains($"<html lang=\"{language}\">", page, StringComparison.Ordinal);
        Assert.Contains("data-person=\"admin\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_published_key_outlives_a_restart_and_a_reset()
    {
        await using var own = await RunningSandbox.StartAsync();
        var before = await own.Http.GetStringAsync("/sandbox/identity/.well-known/jwks");

        using var reset = await own.Http.PostAsync("/sandbox/control/reset", null);
        await own.RestartAsync();

        Assert.Equal(before, await own.Http.GetStringAsync("/sandbox/identity/.well-known/jwks"));
    }

    private async Task<(string Cookie, Uri Redirect)> ChooseAsync(string role)
    {
        using var page = await sandbox.Http.GetAsync(AuthorizeUrl());
        using var chosen = await PostChoiceAsync(role, RequestIn(await page.Content.ReadAsStringAsync()));
        var cookie = CookieOf(chosen);
        using var redirect = await GetAsync(chosen.Headers.Location!.ToString(), cookie);
        Assert.Equal("s-1", QueryOf(redirect.Headers.Location!)["state"]);
        return (cookie, redirect.Headers.Location!);
    }

    private Task<HttpResponseMessage> PostChoiceAsync(string role, string request) =>
        sandbox.Http.PostAsync("/sandbox/identity/sign-in", Form(("person", role), ("request", request)));

    private async Task<HttpResponseMessage> GetAsync(string url, string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url) { Headers = { { "Cookie", cookie } } };
        return await sandbox.Http.SendAsync(request);
    }

    private Task<HttpResponseMessage> PostTokenAsync(string code, string verifier) =>
        sandbox.Http.PostAsync(
            "/sandbox/identity/token",
            Form(
                ("grant_type", "authorization_code"),
                ("client_id", "mammut-portal"),
                ("redirect_uri", Callback),
                ("code", code),
                ("code_verifier", verifier)
            )
        );

    private async Task<JsonObject> RedeemAsync(string code, string verifier)
    {
        using var response = await PostTokenAsync(code, verifier);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task<string?> RoleAsync(Uri redirect)
    {
        var tokens = await RedeemAsync(CodeIn(redirect), Verifier);
        return (string?)JsonNode.Parse(Base64Url.DecodeFromChars(((string)tokens["id_token"]!).Split('.')[1]))!["role"];
    }

    private static string AuthorizeUrl(Dictionary<string, string?>? changes = null)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "mammut-portal",
            ["redirect_uri"] = Callback,
            ["response_type"] = "code",
            ["response_mode"] = "query",
            ["scope"] = "openid profile email",
            ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
            ["code_challenge_method"] = "S256",
            ["state"] = "s-1",
            ["nonce"] = "n-1",
        };
        foreach (var (name, value) in changes ?? [])
            parameters[name] = value;
        return QueryHelpers.AddQueryString("/sandbox/identity/authorize", parameters.Where(p => p.Value is not null));
    }

    private static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value)));

    private static Dictionary<string, Microsoft.Extensions.Primitives.StringValues> QueryOf(Uri uri) => QueryHelpers.ParseQuery(uri.Query);

    private static string CodeIn(Uri redirect) => QueryOf(redirect)["code"].Single()!;

    private static string CookieOf(HttpResponseMessage response) => response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private static string RequestIn(string page) => WebUtility.HtmlDecode(HiddenRequest().Match(page).Groups[1].Value);

    [GeneratedRegex("name=\"request\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenRequest();
}
