using Core.Freshchat;

namespace Core.Tests.Freshchat;

/// <summary>A picture is passed on, and nothing else that may lie behind its address.</summary>
public sealed class AgentPicturesTests
{
    [Theory]
    [InlineData("image/png")]
    [InlineData("Image/PNG")]
    [InlineData("image/jpeg; charset=binary")]
    [InlineData("image/gif")]
    [InlineData("image/webp")]
    public async Task A_picture_comes_as_it_is(string kind)
    {
        var (picture, asked) = await ReadAsync(_ => new Reply(200, "picture", kind), "/a.png?signature=1");

        Assert.Equal("picture"u8.ToArray(), picture?.Content);
        Assert.Equal(kind.Split(';')[0], picture?.Kind);
        var request = Assert.Single(asked);
        Assert.Equal("/a.png?signature=1", request.Target);
        // Whoever keeps the pictures learns nothing of the account.
        Assert.DoesNotContain("Authorization", request.Headers.Keys);
        Assert.DoesNotContain("Cookie", request.Headers.Keys);
    }

    [Theory]
    [InlineData(200, "text/html")]
    [InlineData(200, "image/svg+xml")]
    [InlineData(404, "image/png")]
    [InlineData(302, "image/png")]
    public async Task What_is_no_picture_is_none(int status, string kind) =>
        Assert.Null((await ReadAsync(_ => new Reply(status, "picture", kind) { Headers = [("Location", "http://127.0.0.1:1/")] })).Picture);

    [Fact]
    public async Task One_that_is_too_large_is_none()
    {
        var most = new string('x', AgentPictures.Largest);

        Assert.Equal(AgentPictures.Largest, (await ReadAsync(_ => new Reply(200, most, "image/png"))).Picture?.Content.Length);
        Assert.Null((await ReadAsync(_ => new Reply(200, most + "x", "image/png"))).Picture);
    }

    [Fact]
    public async Task A_host_that_breaks_off_has_none() => Assert.Null((await ReadAsync(_ => Reply.Cut)).Picture);

    [Fact]
    public async Task A_content_that_is_not_what_it_says_is_none() =>
        Assert.Null((await ReadAsync(_ => new Reply(200, "no gzip", "image/png") { Headers = [("Content-Encoding", "gzip")] })).Picture);

    [Fact]
    public async Task A_host_of_the_portals_own_network_is_not_asked()
    {
        await using var side = await FarSide.Start(_ => new Reply(200, "picture", "image/png"));
        await using var clients = new Clients(side, null, ("Outbound:AllowHttpLoopback", "false"));

        Assert.Null(await clients.Pictures.ReadAsync(side.Url + "/a.png", TestContext.Current.CancellationToken));
        Assert.Null(await clients.Pictures.ReadAsync(side.Url.Replace("http:", "https:", StringComparison.Ordinal) + "/a.png", TestContext.Current.CancellationToken));
        Assert.Empty(side.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/avatar/a.png")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:word@127.0.0.1/a.png")]
    public async Task What_may_not_be_asked_is_not(string url)
    {
        await using var clients = new Clients("http://127.0.0.1:9");

        Assert.Null(await clients.Pictures.ReadAsync(url, TestContext.Current.CancellationToken));
    }

    private static async Task<(AgentPicture? Picture, IReadOnlyList<Seen> Asked)> ReadAsync(Func<Seen, Reply> answer, string path = "/a.png")
    {
        await using var side = await FarSide.Start(answer);
        await using var clients = new Clients(side);
        return (await clients.Pictures.ReadAsync(side.Url + path, TestContext.Current.CancellationToken), side.Requests);
    }
}
