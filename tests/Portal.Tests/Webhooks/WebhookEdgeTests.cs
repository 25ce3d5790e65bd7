using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Support;

namespace Portal.Tests.Webhooks;

/// <summary>Every answer of both webhook addresses (freshchat.md 9.2-9.4), over HTTP.</summary>
[Trait("Database", "both")]
public sealed class WebhookEdgeTests(ConnectedPortal portal) : IClassFixture<ConnectedPortal>
{
    private const int MostBytes = 1024 * 1024;

    private FreshchatStandIn Freshchat => portal.FarSides.Freshchat;

    public static TheoryData<string> Addresses { get; } = ["own", "own/", "shared", "shared/"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_signed_webhook_is_stored_and_answered_with_nothing(string address)
    {
        var body = portal.CustomerMessage(out var conversation);

        var answer = await portal.PostAsync(Url(address), body, Freshchat.Key.Sign(body));

        Assert.Equal((HttpStatusCode.OK, ""), (answer.Status, answer.Text));
        Assert.Equal("handled", (string?)(await portal.SettledAsync(conversation, 1))["status"]);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task An_unsigned_or_badly_signed_webhook_is_refused_by_name(string address)
    {
        using var stranger = new SigningKey();
        var body = portal.CustomerMessage(out var conversation);

        await RefusedAsync(await portal.PostAsync(Url(address), body, null), 401, "signature_missing", body, "");
        await RefusedAsync(await portal.PostAsync(Url(address), body, "%%%"), 401, "signature_malformed", body, "%%%");
        var signature = stranger.Sign(body);
        await RefusedAsync(await portal.PostAsync(Url(address), body, signature), 401, "signature_mismatch", body, signature);
        signature = Freshchat.Key.Sign([.. body, (byte)' ']);
        await RefusedAsync(await portal.PostAsync(Url(address), body, signature), 401, "signature_mismatch", body, signature);
        Assert.Empty(await portal.DeliveriesAsync(conversation));
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_body_that_is_not_JSON_is_refused(string address)
    {
        foreach (var text in (string[])["", "hola", "[1,2]", "{\"action\":", "null"])
        {
            var body = Encoding.UTF8.GetBytes(text);
            var answer = await portal.PostAsync(Url(address), body, Freshchat.Key.Sign(body));
            Assert.Equal((HttpStatusCode.BadRequest, "invalid_json"), (answer.Status, answer.Code));
        }
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task A_body_larger_than_a_mebibyte_is_refused_declared_or_counted(string address)
    {
        foreach (var (size, chunked) in ((int, bool)[])[(MostBytes + 1, false), (MostBytes + 1, true), (3 * MostBytes, true)])
        {
            var answer = await portal.PostAsync(Url(address), new byte[size], "AAAA", chunked: chunked);
            Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "body_too_large"), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task A_body_of_exactly_a_mebibyte_is_taken()
    {
        var body = portal.CustomerMessage(out var conversation);
        Array.Resize(ref body, MostBytes);
        body.AsSpan().Replace((byte)0, (byte)' ');

        Assert.Equal(HttpStatusCode.OK, await portal.SendAsync(body));
        await portal.SettledAsync(conversation, 1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public async Task Unknown_addresses_and_accounts_are_not_found(string slash)
    {
        var body = portal.CustomerMessage(out _, appId: Guid.NewGuid().ToString());

        var webhook = await portal.PostAsync($"{portal.SharedWebhookUrl.TrimEnd('/')}/nobodys{slash}", body, Freshchat.Key.Sign(body));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_webhook"), (webhook.Status, webhook.Code));
        var app = await portal.PostAsync(portal.SharedWebhookUrl.TrimEnd('/') + slash, body, Freshchat.Key.Sign(body));
        Assert.Equal((HttpStatusCode.NotFound, "unknown_app"), (app.Status, app.Code));
        AssertShapeOf("portal-404-unknown-app.json", app);
        foreach (var path in (string[])[$"/more{slash}", $"//{Guid.NewGuid():N}{slash}"])
        {
            var below = await portal.PostAsync(portal.WebhookUrl + path, body, Freshchat.Key.Sign(body));
            Assert.Equal((HttpStatusCode.NotFound, "unknown_webhook"), (below.Status, below.Code));
        }
    }

    [Fact]
    public async Task A_body_in_chunks_that_are_none_is_refused() =>
        Assert.StartsWith("HTTP/1.1 400", await SayAsync("Transfer-Encoding: chunked\r\n\r\nzz\r\n{}", andLeave: false), StringComparison.Ordinal);

    [Fact]
    public async Task A_body_that_is_cut_off_on_its_way_leaves_no_error_in_the_log()
    {
        await SayAsync("Content-Length: 100\r\n\r\n{\"action\":\"x\"}", andLeave: true);

        Assert.DoesNotContain(portal.Portal.Logs.Lines, l => l.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_shared_address_needs_an_app_id_and_a_bots_own_does_not()
    {
        var body = Encoding.UTF8.GetBytes($$$$"""{"action":"conversation_rating","data":{"rating":{"id":"{{{{Guid.NewGuid()}}}}"}}}""");

        var shared = await portal.PostAsync(Url("shared"), body, Freshchat.Key.Sign(body));
        Assert.Equal((HttpStatusCode.BadRequest, "app_id_missing"), (shared.Status, shared.Code));
        Assert.Equal(HttpStatusCode.OK, (await portal.PostAsync(Url("own"), body, Freshchat.Key.Sign(body))).Status);
    }

    [Fact]
    public async Task A_signed_webhook_of_another_account_is_refused_on_a_bots_own_address()
    {
        var body = portal.CustomerMessage(out var conversation, appId: Guid.NewGuid().ToString());

        var answer = await portal.PostAsync(Url("own"), body, Freshchat.Key.Sign(body));

        Assert.Equal((HttpStatusCode.BadRequest, "app_id_mismatch"), (answer.Status, answer.Code));
        AssertShapeOf("portal-400-app-id-mismatch.json", answer);
        Assert.Empty(await portal.DeliveriesAsync(conversation));
    }

    [Fact]
    public async Task A_repeat_counts_on_the_first_row_and_is_not_answered_again()
    {
        var body = portal.CustomerMessage(out var conversation);
        await portal.SendAsync(body);
        await portal.SettledAsync(conversation, 1);

        var repeat = await portal.PostAsync(Url("shared"), body, Freshchat.Key.Sign(body), retry: 2);

        Assert.Equal(HttpStatusCode.OK, repeat.Status);
        var delivery = await portal.SettledAsync(conversation, 1);
        Assert.Equal((1, 2), ((int)delivery["duplicates"]!, (int)delivery["retryCount"]!));
        Assert.Single(Freshchat.Replies(conversation));
    }

    [Fact]
    public async Task The_same_webhook_many_times_at_once_is_one_delivery()
    {
        var body = portal.CustomerMessage(out var conversation);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => portal.SendAsync(body)));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(19, (int)(await portal.SettledAsync(conversation, 1))["duplicates"]!);
        Assert.Single(portal.FarSides.Mammut.Said(conversation));
    }

    [Fact]
    public async Task Refusals_are_counted_for_the_admin()
    {
        var body = portal.CustomerMessage(out _);
        await portal.PostAsync(Url("own"), body, null);

        var bot = await portal.Portal.Api.GetAsync($"bots/{portal.Bot["id"]}");

        Assert.Contains(bot.Json["rejected"]!.AsArray(), r => (string?)r!["code"] == "signature_missing" && (int)r["count"]! > 0);
    }

    // What no HTTP client would say; the answer is empty when the connection ends instead.
    private async Task<string> SayAsync(string request, bool andLeave)
    {
        var url = new Uri(portal.WebhookUrl);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{request}"));
        if (andLeave)
            socket.Shutdown(SocketShutdown.Send);
        try
        {
            var answer = new byte[100];
            return Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer));
        }
        catch (SocketException)
        {
            return "";
        }
    }

    private async Task RefusedAsync(ApiAnswer answer, int status, string code, byte[] body, string signature)
    {
        Assert.Equal((status, code), ((int)answer.Status, answer.Code));
        AssertShapeOf("portal-401-signature-missing.json", answer);
        var told = (await portal.Portal.Api.GetAsync($"bots/{portal.Bot["id"]}")).Text;
        foreach (var text in (string[])[answer.Text, told])
        {
            Assert.DoesNotContain("Buenos", text, StringComparison.Ordinal);
            Assert.DoesNotContain(Encoding.UTF8.GetString(body)[..40], text, StringComparison.Ordinal);
            if (signature.Length > 3)
                Assert.DoesNotContain(signature, text, StringComparison.Ordinal);
        }
    }

    private static void AssertShapeOf(string example, ApiAnswer answer)
    {
        Assert.Equal("application/problem+json", answer.Headers["Content-Type"]);
        var expected = JsonNode.Parse(Repository.Payload(example))!.AsObject();
        Assert.Equal(expected.Select(p => p.Key).Order(StringComparer.Ordinal), answer.Json.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
        if (answer.Code == (string?)expected["code"])
            Assert.Equal(((string?)expected["title"], (string?)expected["detail"]), ((string?)answer.Json["title"], (string?)answer.Json["detail"]));
    }

    private string Url(string address) =>
        (address.StartsWith("own", StringComparison.Ordinal) ? portal.WebhookUrl : portal.SharedWebhookUrl).TrimEnd('/')
        + (address.EndsWith('/') ? "/" : "");
}
