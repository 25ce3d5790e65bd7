using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Freshchat;
using CsCheck;

namespace Core.Tests.Bots;

public sealed class SortPastedTests
{
    private const string App = "424b1fee-9709-4315-85d9-5954058b4714";
    private const string Other = "6f0c1d5e-2f4b-4b7e-9a52-4f4f5a0c1b2d";
    private const string Url = "https://acme-1f2e.freshchat.com/v2";

    private static readonly string Token = Jwt(43);
    private static readonly string LongToken = Jwt(342);
    private static readonly (string Public, string Private, string Short) Keys = MakeKeys();

    [Fact]
    public void A_settings_page_is_sorted()
    {
        var pasted = SortPasted.Read($"API details for chat\nChat URL\n{Url}\nAPI token\n{Token}\nCopy\nApp ID\n{App}\nPublic key\n{Keys.Public}\nSave");

        Assert.Equal((Url, Token, App), (pasted.ChatUrl, pasted.ApiToken, pasted.AppId));
        Assert.Equal(FreshchatKey.Read(Keys.Public).Value!.Fingerprint, FreshchatKey.Read(pasted.PublicKey).Value!.Fingerprint);
        Assert.Empty(pasted.LeftOut);
    }

    [Theory]
    [InlineData("Copiar", "API de chat", "Token de API", "Agentes")]
    [InlineData("Copy", "API for chat", "API token", "Agents")]
    public void A_whole_page_is_sorted_with_the_words_of_its_buttons_and_the_ids_of_everything_else(string copy, string title, string token, string agents)
    {
        var pasted = SortPasted.Read(
            $"""
            {title}
            Chat URL
            {copy}
            http://127.0.0.1:5080/sandbox/freshchat/v2
            App ID
            {copy}
            {App}
            {token}
            {copy}
            {Token}
            Conversation Webhooks
            https://…/channels/freshchat/…
            {copy}
            {Keys.Public}
            {agents}
            Bot Mammut
            {copy}
            {Other}
            Autoservicio · Bot Mammut
            {copy}
            9b169866-c043-4580-9841-813185858792
            """
        );

        Assert.Equal(("http://127.0.0.1:5080/sandbox/freshchat/v2", Token, App), (pasted.ChatUrl, pasted.ApiToken, pasted.AppId));
        Assert.NotNull(pasted.PublicKey);
        Assert.Empty(pasted.LeftOut);
    }

    [Fact]
    public void A_widget_snippet_gives_host_and_site_but_its_token_is_none()
    {
        var pasted = SortPasted.Read(
            $$"""
            <script>
              window.fcWidget.init({
                token: "{{Other}}",
                host: "https://wchat.freshchat.com",
                siteId: "comida"
              });
            </script>
            """
        );

        Assert.Equal("https://wchat.freshchat.com", pasted.Host);
        Assert.Equal(["comida"], pasted.SiteIds);
        Assert.Null(pasted.ApiToken);
        Assert.Null(pasted.AppId);
        Assert.Null(pasted.ChatUrl);
    }

    [Fact]
    public void A_quoted_mail_with_a_token_broken_over_lines_is_put_together()
    {
        var broken = string.Join("\r\n> ", LongToken.Chunk(72).Select(line => new string(line)));

        var pasted = SortPasted.Read($"> Hola Ada:\r\n> la URL de chat es {Url}.\r\n> El token de la API:\r\n> {broken}\r\n> Saludos\r\n> Luis");

        Assert.Equal(LongToken, pasted.ApiToken);
        Assert.Equal(Url, pasted.ChatUrl);
    }

    [Theory]
    [InlineData("Authorization: Bearer abcdef0123456789abcdef0123", "abcdef0123456789abcdef0123")]
    [InlineData("\"apiToken\": \"abcdef0123456789abcdef0123\"", "abcdef0123456789abcdef0123")]
    [InlineData("API key = abcdef0123456789abcdef0123", "abcdef0123456789abcdef0123")]
    [InlineData("API tokens are generated once and never shown again", null)]
    [InlineData("API token: " + Other, null)]
    public void A_token_that_is_no_JWT_is_known_by_its_label(string text, string? token) => Assert.Equal(token, SortPasted.Read(text).ApiToken);

    [Theory]
    [InlineData("see https://acme.freshchat.com/v2/ for it", "https://acme.freshchat.com/v2/")]
    [InlineData("(https://acme.freshchat.com/v2)", "https://acme.freshchat.com/v2")]
    [InlineData("Chat URL: acme.freshchat.com/v2", "https://acme.freshchat.com/v2")]
    [InlineData("http://127.0.0.1:5080/sandbox/freshchat/v2", "http://127.0.0.1:5080/sandbox/freshchat/v2")]
    [InlineData("docs: https://developers.freshchat.com/v2", null)]
    [InlineData("https://acme.freshchat.com", null)]
    [InlineData("Chat URL https://acme.freshchat.com/v2 docs https://other.freshchat.com/v2", "https://acme.freshchat.com/v2")]
    public void A_Chat_URL_is_known_by_its_label_or_its_end(string text, string? url) => Assert.Equal(url, SortPasted.Read(text).ChatUrl);

    [Theory]
    [InlineData("App ID: " + App, App)]
    [InlineData("app_id=" + App + "&x=1", App)]
    [InlineData("\"appId\": \"" + App + "\"", App)]
    [InlineData("ID de la aplicación\n" + App, App)]
    [InlineData(App, App)]
    [InlineData("App ID " + App + " agent " + Other, App)]
    [InlineData("App ID\nCopy\n" + App + "\nLucía Ferrer\nCopy\n" + Other, App)]
    [InlineData("App IDCopiar\n" + App + "\nAgente\nCopiar\n" + Other, App)]
    [InlineData("App ID: Copied " + App + "\n" + Other, App)]
    [InlineData("App ID\nBot Mammut\n" + App + "\n" + Other, null)]
    [InlineData(App + " " + Other, null)]
    [InlineData("widgetUuid: " + App, null)]
    public void An_App_ID_is_labelled_or_alone(string text, string? app) => Assert.Equal(app, SortPasted.Read(text).AppId);

    [Theory]
    [InlineData("siteId: 'comida', siteId: 'utensilios', siteId: 'comida'", "comida|utensilios")]
    [InlineData("setProperties({ cf_site: \u201ccocina y mesa\u201d })", "cocina y mesa")]
    [InlineData("?site_id=comida&x=1", "comida&x=1")]
    [InlineData("Site ID", "")]
    public void Site_ids_are_taken_once_each(string text, string sites) => Assert.Equal(sites, string.Join('|', SortPasted.Read(text).SiteIds));

    [Fact]
    public void Keys_are_found_in_every_shape_and_private_ones_are_left_out()
    {
        var bare = Keys.Public.Replace("-----BEGIN PUBLIC KEY-----", "", StringComparison.Ordinal).Replace("-----END PUBLIC KEY-----", "", StringComparison.Ordinal).Trim();
        var escaped = Keys.Public.Replace("\n", "\\n", StringComparison.Ordinal);
        foreach (var shape in new[] { Keys.Public, bare + "\nWebhook", bare.Replace("\n", "", StringComparison.Ordinal), escaped, Keys.Public.Replace("PUBLIC", "RSA PUBLIC", StringComparison.Ordinal) })
            Assert.NotNull(SortPasted.Read("Public key: " + shape).PublicKey);

        Assert.Equal(["pasted_private_key"], SortPasted.Read(Keys.Private).LeftOut);
        Assert.Null(SortPasted.Read(Keys.Private).PublicKey);
        Assert.Equal(["pasted_key_unreadable"], SortPasted.Read(Keys.Short).LeftOut);
    }

    [Theory]
    [InlineData("https://a.freshchat.com/v2 https://b.freshchat.com/v2", "pasted_several_chat_urls")]
    [InlineData("app_id: " + App + " app_id: " + Other, "pasted_several_app_ids")]
    public void Of_two_values_neither_is_taken(string text, string code)
    {
        var pasted = SortPasted.Read(text);

        Assert.Equal([code], pasted.LeftOut);
        Assert.Null(pasted.ChatUrl ?? pasted.AppId);
    }

    [Fact]
    public void Two_tokens_are_none() => Assert.Equal(["pasted_several_tokens"], SortPasted.Read($"{Token}\n{LongToken}").LeftOut);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Buenos días, ¿qué tal?")]
    [InlineData("eyJhbGciOi.eyJ.x")]
    public void What_holds_nothing_says_so(string? text) => Assert.True(SortPasted.Read(text).HoldsNothing);

    [Fact]
    public void In_whatever_order_and_dress_the_parts_come_they_are_found()
    {
        var label = Gen.OneOf(": ", " = ", "\n", ":\n  ");
        var around = Gen.OneOf("", "\n\nCopy\n", "\n---\nGracias\n", "\n<br>\n");
        var dress = Gen.OneOf("", "> ", "| ");
        var parts = Gen.Shuffle(new[] { "Chat URL|" + Url, "API token|" + LongToken, "App ID|" + App, "Public key|" + Keys.Public });
        Gen.Select(parts, label, around, dress)
            .Sample(
                (order, between, after, quote) =>
                {
                    var text = string.Concat(order.Select(part => part.Replace("|", between, StringComparison.Ordinal) + "\n" + after));
                    var pasted = SortPasted.Read(quote + text.Replace("\n", "\n" + quote, StringComparison.Ordinal));
                    return (pasted.ChatUrl, pasted.ApiToken, pasted.AppId, pasted.LeftOut.Count) == (Url, LongToken, App, 0) && FreshchatKey.Read(pasted.PublicKey).Succeeded;
                },
                iter: 300
            );
    }

    [Theory]
    [InlineData("MII")]
    [InlineData("eyJ")]
    [InlineData("api_key=")]
    public void A_long_text_that_begins_like_a_value_again_and_again_is_read_at_once(string beginning)
    {
        var line = beginning + new string('A', 60 - beginning.Length) + "\n";
        var began = TimeProvider.System.GetTimestamp();

        SortPasted.Read(string.Concat(Enumerable.Repeat(line, 4000)));
        SortPasted.Read(string.Concat(Enumerable.Repeat(beginning, 30_000)));

        Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void No_text_whatever_is_too_much_for_it()
    {
        string[] bits = ["eyJ", "MII", "-----BEGIN PUBLIC KEY-----", "-----END", ".", "\n> ", "\\n", "siteId: '", "https://", "/v2", "App ID", "\"", "\u00a0", "&#x", Token, Keys.Public];
        Gen.OneOf<string>(Gen.OneOf(bits), Gen.String).Array[0, 30].Sample(text => SortPasted.Read(string.Concat(text)) is not null, iter: 500);
    }

    private static string Jwt(int signature) =>
        $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode("""{"iss":"freshchat","typ":"Bearer","scope":"agent:read user:read conversation:read conversation:update message:create","exp":4102444800}""")}.{new string('s', signature)}";

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private static (string, string, string) MakeKeys()
    {
        using var key = RSA.Create(2048);
        using var small = RSA.Create(1024);
        return (key.ExportSubjectPublicKeyInfoPem(), key.ExportPkcs8PrivateKeyPem(), small.ExportSubjectPublicKeyInfoPem());
    }
}
