using Sandbox.Control;
using Sandbox.Mammut.Graph;

namespace Sandbox.Mammut;

/// <summary>Spoils requests as the switches say, before they do anything.</summary>
internal sealed class MammutFaults(SwitchBoard switches) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var cancellation = context.HttpContext.RequestAborted;
        if (await switches.TakeAsync(MammutSwitches.Unavailable, cancellation))
            return GraphAnswer.Unavailable;
        if (await switches.TakeAsync(MammutSwitches.FailedAs200, cancellation))
            return GraphAnswer.FailedAs200;
        return await next(context);
    }
}
