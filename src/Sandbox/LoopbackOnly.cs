using System.Net;

namespace Sandbox;

/// <summary>Hides the sandbox from every machine but this one: it has no passwords, and what it holds is for trying things out.</summary>
internal static class LoopbackOnly
{
    /// <summary>
    /// Answers 404 to a request from another machine, and to one whose Host header names anything but this machine (a page elsewhere
    /// could otherwise point a name of its own at 127.0.0.1 and read along).
    /// </summary>
    public static void UseLoopbackOnly(this IApplicationBuilder app)
    {
        app.Use(next => context =>
        {
            if (IsLocal(context.Connection.RemoteIpAddress) && IsLocal(context.Request.Host.Host))
                return next(context);
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    // No address at all: the request did not come over a network (an in-memory test server, a socket file).
    private static bool IsLocal(IPAddress? remote) => remote is null || IPAddress.IsLoopback(remote);

    private static bool IsLocal(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
