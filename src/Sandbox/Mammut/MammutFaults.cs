using Sandbox.Control;
using Sandbox.Mammut.Graph;

namespace Sandbox.Mammut;

/// <summary>Spoils requests as the switches say.</summary>
internal sealed class MammutFaults(SwitchBoard switches) : IEndpointFilter
{
    private static readonly IResult Broken = Results.Text(
        """{ "status": "Success", "taskResult": [ { "affected""",
        "application/json"
    );

    private static readonly IResult Page = Results.Text(
        "<!doctype html><title>Maintenance</title><p>We will be back soon.</p>",
        "text/html"
    );

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!Concerns(http.Request))
            return await next(context);
        if (await AppliesAsync(MammutSwitches.Unavailable))
            return GraphAnswer.Unavailable;
        if (await AppliesAsync(MammutSwitches.FailedAs200))
            return GraphAnswer.FailedAs200;
        if (await AppliesAsync(MammutSwitches.MalformedJson))
            return Broken;
        if (await AppliesAsync(MammutSwitches.Html))
            return Page;
        if (await AppliesAsync(MammutSwitches.CutConnection))
            return Cut(http);
        var answer = await next(context);
        return HttpMethods.IsPost(http.Request.Method) && await AppliesAsync(MammutSwitches.LostAnswer) ? Cut(http) : answer;

        Task<bool> AppliesAsync(Switch<int> count) => switches.TakeAsync(count, http.RequestAborted);
    }

    private bool Concerns(HttpRequest request)
    {
        var only = switches.Get(MammutSwitches.FaultsAt);
        return only == GraphRequest.Any
            || only == GraphRequest.Relay && request.Path.Value!.Contains("/channels/", StringComparison.Ordinal)
            || GraphPath.Parse(request.RouteValues["path"] as string ?? "")?.Request(request.Method) == only;
    }

    private static IResult Cut(HttpContext http)
    {
        http.Abort();
        return Results.Empty;
    }
}
