using System.Diagnostics;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;
using Sandbox.Ledger;

namespace Sandbox.Freshchat.Rest;

/// <summary>
/// What every request to the API passes first: a trace id, the rate limit's headers, the faults that are switched on, and the token.
/// The token is compared and forgotten; nothing here writes it anywhere.
/// </summary>
internal sealed class ApiGate(IDbContextFactory<SandboxDb> databases, SwitchBoard switches, LedgerBook ledger, TimeProvider clock)
    : IEndpointFilter
{
    private const int PerMinute = 1000;
    private readonly Lock _counting = new();
    private (long Minute, int Used) _window;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Arrival.Mark(http, ledger.Now);
        http.Response.Headers["X-Trace-ID"] = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00";
        CountRequest(http.Response.Headers);
        return await FaultAsync(http.RequestAborted) ?? await RefuseTokenAsync(http) ?? await next(context);
    }

    // freshchat.md 14.3: the faults that concern single kinds of requests sit in their own endpoints.
    private async Task<IResult?> FaultAsync(CancellationToken cancel)
    {
        if (await switches.TakeAsync(FreshchatSwitches.HtmlHost, cancel))
            return Results.Text(
                "<!doctype html><html><head><title>Freshworks</title></head><body>Sign in</body></html>",
                "text/html; charset=utf-8"
            );
        if (await switches.TakeAsync(FreshchatSwitches.Redirect, cancel))
            return Results.Redirect("https://login.freshworks.example.test/v2/");
        if (await switches.TakeAsync(FreshchatSwitches.Unavailable, cancel))
            return Answer.Of(new Refusal(503, "SERVICE_UNAVAILABLE", "Service unavailable"));
        if (await switches.TakeAsync(FreshchatSwitches.TokenRefused, cancel))
            return Answer.Of(Unauthenticated);
        if (await switches.TakeAsync(FreshchatSwitches.NoScope, cancel))
            return Answer.Of(new Refusal(403, "FORBIDDEN", "Token has no permission for this operation"));
        return null;
    }

    private static Refusal Unauthenticated { get; } =
        new(401, "UNAUTHENTICATED", "Unauthenticated Request: JWT signature does not match");

    private async Task<IResult?> RefuseTokenAsync(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Answer.Of(Unauthenticated);
        await using var db = await databases.CreateDbContextAsync(http.RequestAborted);
        var account = await db.Set<FreshchatAccount>().AsNoTracking().SingleAsync(http.RequestAborted);
        return account.Accepts(header[Scheme.Length..].Trim()) ? null : Answer.Of(Unauthenticated);
    }

    private void CountRequest(IHeaderDictionary headers)
    {
        var second = clock.GetUtcNow().ToUnixTimeSeconds();
        int used;
        lock (_counting)
        {
            if (_window.Minute != second / 60)
                _window = (second / 60, 0);
            used = ++_window.Used;
        }
        headers["X-RateLimit-Limit"] = Text(PerMinute);
        headers["X-RateLimit-Remaining"] = Text(Math.Max(0, PerMinute - used));
        headers["X-RateLimit-Reset"] = Text(60 - second % 60);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
