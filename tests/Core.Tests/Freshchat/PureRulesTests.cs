using Core.Freshchat;
using Core.Outcomes;

namespace Core.Tests.Freshchat;

public sealed class PureRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 15, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("https://acme.freshchat.com/v2", false, null)]
    [InlineData("  https://acme.freshchat.com/v2/ ", false, null)]
    [InlineData("http://127.0.0.1:5080/sandbox/freshchat/v2", true, null)]
    [InlineData("http://localhost:5080/v2", true, null)]
    [InlineData("http://[::1]:5080/v2", true, null)]
    [InlineData("http://127.0.0.1:5080/v2", false, "chat_url_https_required")]
    [InlineData("http://acme.freshchat.com/v2", true, "chat_url_https_required")]
    [InlineData("http://127.0.0.1.example.test/v2", true, "chat_url_https_required")]
    [InlineData("https://acme.freshchat.com/v2?x=1", false, "chat_url_query")]
    [InlineData("https://acme.freshchat.com/v2#top", false, "chat_url_query")]
    [InlineData("https://me:secret@acme.freshchat.com/v2", false, "chat_url_credentials")]
    [InlineData("acme.freshchat.com/v2", false, "chat_url_scheme_missing")]
    [InlineData(" web.freshchat.com ", true, "chat_url_scheme_missing")]
    [InlineData("acme.freshchat.com:443/v2", false, "chat_url_scheme_missing")]
    [InlineData("acme", false, "chat_url_invalid")]
    [InlineData("mailto:me@acme.test", false, "chat_url_invalid")]
    [InlineData("ftp://acme.freshchat.com/v2", false, "chat_url_invalid")]
    [InlineData("https://", false, "chat_url_invalid")]
    [InlineData("", false, "chat_url_required")]
    [InlineData(null, false, "chat_url_required")]
    public void A_chat_url_is_https_or_allowed_loopback_and_named_when_not(string? text, bool allowLoopback, string? code)
    {
        var result = ChatUrl.Parse(text, allowLoopback);

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(code is null ? text!.Trim() : null, result.Value?.Value);
    }

    [Theory]
    [InlineData("Retry-After: 7", 7)]
    [InlineData("Retry-After: Mon, 02 Mar 2026 09:15:30 GMT", 30)]
    [InlineData("Retry-After: 7|X-RateLimit-Reset: 99", 7)]
    [InlineData("X-RateLimit-Reset: 12", 12)]
    [InlineData("x-ratelimitreset: 12", 12)]
    [InlineData("X-RateLimit-Reset: 999999", 900)]
    [InlineData("X-RateLimit-Reset: 1772442925", 25)]
    [InlineData("X-RateLimit-Reset: 1772442925000", 25)]
    [InlineData("X-RateLimit-Reset: 1772442800", 0)]
    [InlineData("Retry-After: 86400", 900)]
    [InlineData("X-RateLimit-Reset: 99999999999999999999999999", 900)]
    [InlineData("X-RateLimit-Reset: soon", null)]
    [InlineData("X-RateLimit-Limit: 100", null)]
    public void The_wait_is_read_from_whatever_header_tells_it(string headers, int? seconds)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers.Split('|'))
            response.Headers.TryAddWithoutValidation(header.Split(": ")[0], header.Split(": ")[1]);

        var wait = WaitHeaders.Read(response.Headers, Now);

        Assert.Equal(seconds, (int?)wait?.TotalSeconds);
    }

    [Theory]
    [InlineData("token s3cret-value was refused", "token *** was refused")]
    [InlineData("?freshchat-access-token=%22s3cret%2Bplus%2F%22", "?freshchat-access-token=%22***%22")]
    [InlineData("Authorization: Bearer abc.def-123", "Authorization: Bearer ***")]
    [InlineData("got eyJhbGciOiJIUzI1NiJ9.eyJzY29wZSI6IngifQ.c2lnbmF0dXJl here", "got *** here")]
    [InlineData("cut off eyJhbGciOiJIUzI1NiJ9.eyJzY29", "cut off ***")]
    [InlineData("a bearer token is needed", "a bearer token is needed")]
    [InlineData("This agent does not exist", "This agent does not exist")]
    public void Secrets_are_taken_out_of_texts_and_words_are_left(string text, string expected) =>
        Assert.Equal(expected, Redaction.Clean(text, "s3cret-value", "s3cret+plus/", null, "a"));

    [Theory]
    [InlineData("abc", "abc")]
    [InlineData("  Bearer abc\n", "abc")]
    [InlineData("bearer  Bearer abc", "abc")]
    public void A_pasted_bearer_is_not_doubled(string pasted, string token) => Assert.Equal(token, FreshchatAccount.CleanToken(pasted));

    [Fact]
    public void An_account_never_shows_its_token() =>
        Assert.DoesNotContain(Clients.Token, $"{new FreshchatAccount("https://acme.freshchat.com/v2", Clients.Token, "app-1")}", StringComparison.Ordinal);

    [Fact]
    public void Errors_with_the_same_texts_are_the_same_error()
    {
        var error = new Error("group_ambiguous", "groupName").With("name", "Soporte");

        Assert.Equal(error, new Error("group_ambiguous", "groupName").With("name", "Soporte"));
        Assert.NotEqual(error, new Error("group_ambiguous", "groupName").With("name", "Pedidos"));
    }
}
