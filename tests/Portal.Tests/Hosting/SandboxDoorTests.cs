using System.Net;
using Support;

namespace Portal.Tests.Hosting;

/// <summary>The sandbox lets anybody be anyone, so only this machine may see it (portal.md 2).</summary>
public sealed class SandboxDoorTests(SandboxDoorTests.Started started) : IClassFixture<SandboxDoorTests.Started>
{
    [Theory]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/control")]
    [InlineData("/sandbox/freshchat/v2/agents")]
    [InlineData("/sandbox/identity/.well-known/openid-configuration")]
    public async Task Answers_404_to_any_other_host_name(string path)
    {
        Assert.NotEqual(HttpStatusCode.NotFound, await StatusAsync(path, null));
        foreach (var host in (string[])["portal.example.test", "127.0.0.1.example.test", "localhost.example.test:80", "10.0.0.1"])
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(path, host));
    }

    [Fact]
    public async Task The_portal_itself_answers_to_every_host_name() =>
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/live", "portal.example.test"));

    private async Task<HttpStatusCode> StatusAsync(string path, string? host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        using var response = await started.Portal.Http.SendAsync(request);
        return response.StatusCode;
    }

    public sealed class Started : IAsyncLifetime
    {
        public RunningPortal Portal { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Portal = await RunningPortal.StartAsync();

        public ValueTask DisposeAsync() => Portal.DisposeAsync();
    }
}
