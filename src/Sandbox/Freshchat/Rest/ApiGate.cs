using System.Diagnostics;
using System.Globalization;
using Sandbox.Freshchat.Account;
using Sandbox.Ledger;

namespace Sandbox.Freshchat.Rest;

/// <summary>
/// What every request to the API passes first: a trace id, the rate limit's headers, the faults that are switched on (<see cref="ApiFaults"/>), and the token.
/// The token is compared and forgotten; nothing here writes it anywhere.
/// </summary>
internal sealed class ApiGate(KnownAccount account, ApiFaults faults, LedgerBook ledger, TimeProvider clock) : IEndpointFilter
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
        if ((await faults.InsteadAsync(http) ?? await RefuseTokenAsync(http)) is { } refused)
            return refused;
        var answer = await faults.IsSlowAsync(http) ? await faults.SlowlyAsync(context, next) : await next(context);
        return await faults.AfterwardsAsync(http, answer);
    }

    private async Task<IResult?> RefuseTokenAsync(HttpContext http)
    {
        const string Scheme = "Bearer ";
        var header = http.Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return Answer.Of(ApiFaults.Unauthenticated);
        var known = await account.ReadAsync(http.RequestAborted);
        return known.Accepts(header[Scheme.Length..].Trim()) ? null : Answer.Of(ApiFaults.Unauthenticated);
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
