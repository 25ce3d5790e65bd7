using System.Globalization;
using Sandbox.Control;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Spoils requests to the API as the switches say (freshchat.md 14.3).</summary>
internal sealed class ApiFaults(SwitchBoard switches, TimeProvider clock)
{
    private static readonly IResult Page = Results.Text(
        "<!doctype html><html><head><title>Freshworks</title></head><body>Sign in</body></html>",
        "text/html; charset=utf-8"
    );

    private static readonly IResult AnotherHost = Results.Redirect("https://login.freshworks.example.test/v2/");

    private static readonly Refusal Unavailable = new(503, "SERVICE_UNAVAILABLE", "Service unavailable");

    private static readonly Refusal NoScope = new(403, "FORBIDDEN", "Token has no permission for this operation");

    private static readonly Refusal WrongFragment =
        Refusal.Invalid("TextFragment is not supported in this conversation, use EmailFragment");

    /// <summary>The body of a 401.</summary>
    public static Refusal Unauthenticated { get; } =
        new(401, "UNAUTHENTICATED", "Unauthenticated Request: JWT signature does not match");

    /// <summary>What comes instead of the work; null when it is to be done.</summary>
    public async Task<IResult?> InsteadAsync(HttpContext http)
    {
        if (!Concerns(http))
            return null;
        if (await AppliesAsync(ApiSwitches.HtmlHost))
            return Page;
        if (await AppliesAsync(ApiSwitches.Redirect))
            return AnotherHost;
        if (await AppliesAsync(ApiSwitches.Unavailable))
            return Answer.Of(Unavailable);
        if (await AppliesAsync(ApiSwitches.TokenRefused))
            return Answer.Of(Unauthenticated);
        if (await AppliesAsync(ApiSwitches.NoScope))
            return Answer.Of(NoScope);
        if (await AppliesAsync(ApiSwitches.RateLimit))
            return RateLimited(http.Response.Headers);
        return await AppliesAsync(ApiSwitches.CutConnection) ? Cut(http) : null;

        Task<bool> AppliesAsync(Switch<int> count) => switches.TakeAsync(count, http.RequestAborted);
    }

    /// <summary>Whether this request is a slow one; then it is carried out even when its caller has gone.</summary>
    public Task<bool> IsSlowAsync(HttpContext http) =>
        Concerns(http) ? switches.TakeAsync(ApiSwitches.SlowApi, http.RequestAborted) : Task.FromResult(false);

    /// <summary>Does the work of a slow request, before the delay or after it.</summary>
    public async ValueTask<object?> SlowlyAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var (delay, first) = (switches.Get(ApiSwitches.SlowApiDelay), switches.Get(ApiSwitches.SlowApiWork) == SlowWork.First);
        for (var i = 0; i < context.Arguments.Count; i++)
            if (context.Arguments[i] is CancellationToken)
                context.Arguments[i] = CancellationToken.None;
        // The body has to be here before its sender may go.
        var request = context.HttpContext.Request;
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, CancellationToken.None);
        body.Position = 0;
        request.Body = body;
        if (!first)
            await Task.Delay(delay, clock, CancellationToken.None);
        var answer = await next(context);
        if (first)
            await Task.Delay(delay, clock, CancellationToken.None);
        return answer;
    }

    /// <summary>What comes of the work's answer: itself, or what its loss looks like.</summary>
    public async Task<object?> AfterwardsAsync(HttpContext http, object? answer)
    {
        if (HttpMethods.IsGet(http.Request.Method) || !Concerns(http) || answer is not Answer { Succeeded: true })
            return answer;
        if (KindOf(http) == ApiRequest.PostMessage && await switches.TakeAsync(ApiSwitches.StoredAs400, CancellationToken.None))
            return Answer.Of(WrongFragment);
        if (!await switches.TakeAsync(ApiSwitches.LostAnswer, CancellationToken.None))
            return answer;
        return switches.Get(ApiSwitches.LostAnswerAs) == LostAnswerAs.CutConnection ? Cut(http) : Answer.Of(Unavailable);
    }

    private bool Concerns(HttpContext http) => switches.Get(ApiSwitches.FaultsAt) is var only && (only == ApiRequest.Any || only == KindOf(http));

    private static ApiRequest? KindOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<ApiRequestKind>()?.Kind;

    private Answer RateLimited(IHeaderDictionary headers)
    {
        var wait = switches.Get(ApiSwitches.RateLimitWait);
        var until = clock.GetUtcNow() + wait;
        headers["X-RateLimit-Remaining"] = "0";
        headers.Remove("X-RateLimit-Reset");
        headers[switches.Get(ApiSwitches.RateLimitHeader) == ResetHeader.XRateLimitReset ? "X-RateLimit-Reset" : "X-RateLimitReset"] = Text(
            switches.Get(ApiSwitches.RateLimitValue) switch
            {
                ResetValue.Seconds => Math.Ceiling(wait.TotalSeconds),
                ResetValue.Epoch => Math.Ceiling(until.ToUnixTimeMilliseconds() / 1000d),
                _ => until.ToUnixTimeMilliseconds(),
            }
        );
        if (switches.Get(ApiSwitches.RateLimitRetryAfter))
            headers.RetryAfter = Text(Math.Ceiling(wait.TotalSeconds));
        return Answer.Of(new Refusal(429, "TOO_MANY_REQUESTS", "Rate limit exceeded"));
    }

    private static string Text(double number) => number.ToString("F0", CultureInfo.InvariantCulture);

    private static IResult Cut(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }
}
