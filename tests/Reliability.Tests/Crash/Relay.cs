using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Reliability.Tests.Crash;

/// <summary>
/// The address that webhooks go to, whichever nodes live: each goes to the next node in turn and, when that one dies over it, to another.
/// 503 means that no node was there to take it, 502 that the one that had it died.
/// </summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, string> _nodes = new();
    private readonly HttpClient _http = new(
        new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(5) }
    );

    private readonly WebApplication _app;
    private int _turn;

    private Relay()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(PassOnAsync);
    }

    /// <summary>Where it listens.</summary>
    public string Url => _app.Urls.Single();

    public static async Task<Relay> StartAsync()
    {
        var relay = new Relay();
        await relay._app.StartAsync();
        return relay;
    }

    /// <summary>A node listens.</summary>
    public void Add(int node, string url) => _nodes[node] = url;

    /// <summary>A node is gone.</summary>
    public void Remove(int node) => _nodes.TryRemove(node, out _);

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task PassOnAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var nodes = _nodes.OrderBy(node => node.Key).Select(node => node.Value).ToList();
        var first = (uint)Interlocked.Increment(ref _turn);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        for (var i = 0; i < nodes.Count; i++)
        {
            try
            {
                using var request = Copy(context.Request, nodes[(int)((first + i) % nodes.Count)], body.ToArray());
                using var response = await _http.SendAsync(request, context.RequestAborted);
                context.Response.StatusCode = (int)response.StatusCode;
                return;
            }
            catch (HttpRequestException e)
            {
                if (e.HttpRequestError is not HttpRequestError.ConnectionError)
                    context.Response.StatusCode = StatusCodes.Status502BadGateway;
            }
        }
    }

    private static HttpRequestMessage Copy(HttpRequest request, string node, byte[] body)
    {
        var copy = new HttpRequestMessage(new(request.Method), node + request.Path) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in request.Headers.Where(h => h.Key.StartsWith("X-", StringComparison.OrdinalIgnoreCase)))
            copy.Headers.TryAddWithoutValidation(name, value.ToString());
        copy.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        return copy;
    }
}
