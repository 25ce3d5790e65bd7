using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Portal.Authentication;

/// <summary>
/// Lets nothing that comes over a circuit reach a page once its session has ended: clicks, strokes, navigation and calls are dropped before any
/// component hears of them, so that none has to ask by itself.
/// </summary>
internal sealed class CircuitGuard(CircuitSession session) : CircuitHandler
{
    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) =>
        activity =>
        {
            if (!session.HasEnded)
                return next(activity);
            // The timer may be late; the clock is not.
            session.End();
            return Task.CompletedTask;
        };
}
