using System.Text.Json.Nodes;
using Sandbox.Control;

namespace Sandbox.Mammut.Graph;

/// <summary>The platform's own idea of time, as its switches have it.</summary>
internal sealed class GraphClock(TimeProvider clock, SwitchBoard switches)
{
    /// <summary>The platform's present moment.</summary>
    public DateTimeOffset Now => Cut(clock.GetUtcNow());

    /// <summary>The <c>creation-date</c> of a body as the platform keeps it; null when it is not a date.</summary>
    public DateTimeOffset? Of(JsonObject body) => GraphDate.Of(body, clock.GetUtcNow()) is { } date ? Cut(date) : null;

    private DateTimeOffset Cut(DateTimeOffset instant) =>
        switches.Get(MammutSwitches.SecondsOnly) ? DateTimeOffset.FromUnixTimeSeconds(instant.ToUnixTimeSeconds()) : instant;
}
