using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Core.Tests.Freshchat;

/// <summary>A far side over real HTTP on a free loopback port: it remembers what it was asked and answers what the test says.</summary>
internal sealed class FarSide : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<Seen> seen = new();

    private FarSide(WebApplication app) => this.app = app;

    public IReadOnlyList<Seen> Requests => [.. seen];

    public string Url => app.Urls.Single();

    public static async Task<FarSide> Start(Func<Seen, Reply> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0));
        var side = new FarSide(builder.Build());
        side.app.Run(context => side.Serve(context, answer));
        await side.app.StartAsync();
        return side;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task Serve(HttpContext context, Func<Seen, Reply> answer)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var request = new Seen(
            context.Request.Method,
            context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync());
        seen.Enqueue(request);
        await answer(request).Send(context);
    }
}

internal sealed record Seen(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);

internal sealed record Reply(int Status, string Body, string ContentType = "application/json")
{
    private Func<HttpContext, Task>? instead;

    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>The request is read, then the connection is cut.</summary>
    public static Reply Cut { get; } = new(0, "")
    {
        instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        },
    };

    /// <summary>The request is read and never answered.</summary>
    public static Reply Never { get; } = new(0, "")
    {
        instead = context =>
        {
            var gone = new TaskCompletionSource();
            context.RequestAborted.Register(gone.SetResult);
            return gone.Task;
        },
    };

    /// <summary>An example of the contracts.</summary>
    public static Reply Example(string name, int status = 200) => new(status, Payload.Text(name));

    public Task Send(HttpContext context)
    {
        if (instead is not null)
            return instead(context);
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        foreach (var (name, value) in Headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(Body);
    }
}
