using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Support;

/// <summary>
/// Freshchat and Mammut as a stranger would write them for a test: over real HTTP on a free loopback port, from the contracts alone
/// and without a line of the sandbox. They know every conversation and user they are asked for, keep every request, and can be told
/// to answer otherwise.
/// </summary>
public sealed class FarSides : IAsyncDisposable
{
    private readonly ConcurrentQueue<FarRequest> _requests = new();
    private readonly WebApplication _app;

    private FarSides(int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, port));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    /// <summary>The account.</summary>
    public FreshchatStandIn Freshchat { get; } = new();

    /// <summary>The platform.</summary>
    public MammutStandIn Mammut { get; } = new();

    /// <summary>The Chat URL to connect a bot with.</summary>
    public string ChatUrl => _app.Urls.Single() + "/freshchat/v2";

    /// <summary>The setting <c>Mammut:BaseUrl</c>.</summary>
    public string MammutUrl => _app.Urls.Single() + "/mammut";

    /// <summary>Everything that was asked, in order.</summary>
    public IReadOnlyList<FarRequest> Requests => [.. _requests];

    /// <summary>Decides about a request before the sides do; null leaves it to them.</summary>
    public Func<FarRequest, FarReply?>? Instead { get; set; }

    /// <summary>Starts both.</summary>
    /// <param name="port">A port to come back on; 0 = any free one.</param>
    public static async Task<FarSides> StartAsync(int port = 0)
    {
        var sides = new FarSides(port);
        await sides._app.StartAsync();
        return sides;
    }

    /// <summary>A bot of this account as <c>POST /api/v1/bots</c> takes it.</summary>
    public Dictionary<string, object?> BotSettings(string name = "freshbot") =>
        new()
        {
            ["name"] = name,
            ["freshchat"] = new Dictionary<string, object?>
            {
                ["chatUrl"] = ChatUrl,
                ["appId"] = Freshchat.AppId,
                ["apiToken"] = Freshchat.Token,
                ["agentId"] = Freshchat.BotAgent,
                ["groupName"] = FreshchatStandIn.GroupName,
                ["publicKeys"] = new[] { Freshchat.Key.PublicPem },
            },
        };

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Freshchat.Dispose();
    }

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var side = target.Split('/')[1];
        var request = new FarRequest(
            context.Request.Method,
            target[(side.Length + 1)..],
            context.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            await reader.ReadToEndAsync()
        );
        _requests.Enqueue(request);
        var reply = Instead?.Invoke(request) ?? (side == "freshchat" ? Freshchat.Answer(request) : Mammut.Answer(request));
        await reply.SendAsync(context);
    }
}

/// <summary>A request to a far side.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Target">Path and query as they stood on the wire, behind the side's own prefix.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body.</param>
public sealed record FarRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>True for a request to Mammut.</summary>
    public bool ToMammut => Target.StartsWith("/app:mammut-1/", StringComparison.Ordinal);

    /// <summary>Its target without the query.</summary>
    public string Path => Target.Split('?')[0];

    // A target may hold a token, a body too.
    /// <inheritdoc />
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>An answer of a far side.</summary>
/// <param name="Status">0 cuts the connection.</param>
/// <param name="Body">Its body.</param>
/// <param name="ContentType">Its type.</param>
public sealed record FarReply(int Status, string Body, string ContentType = "application/json")
{
    /// <summary>A <c>Location</c> header.</summary>
    public string? Location { get; init; }

    /// <summary>The connection is cut instead of an answer.</summary>
    public static FarReply Cut { get; } = new(0, "");

    /// <summary>An example of the contracts.</summary>
    public static FarReply Example(int status, string file) => new(status, Repository.Payload(file));

    internal Task SendAsync(HttpContext context)
    {
        if (Status == 0)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        context.Response.StatusCode = Status;
        context.Response.ContentType = ContentType;
        if (Location is not null)
            context.Response.Headers.Location = Location;
        return context.Response.WriteAsync(Body);
    }
}
