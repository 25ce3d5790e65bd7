using Sandbox.Control;

namespace Sandbox.Mammut;

/// <summary>What can be turned on the simulated platform (mammut.md 10).</summary>
internal static class MammutSwitches
{
    public static Switch<TimeSpan> Delay { get; } =
        new("mammut", "delay", TimeSpan.FromMilliseconds(150), "How long a bot thinks before its answer is in the room.");

    public static Switch<bool> Silence { get; } = new("mammut", "silence", false, "Bots do not answer what is said while this is on.");

    public static Switch<int> Unavailable { get; } =
        new("mammut", "unavailable", 0, "Answers 503: 0 never, N to the next N requests, -1 to all.");

    public static Switch<int> FailedAs200 { get; } =
        new("mammut", "failed-as-200", 0, "Answers 200 with status Failed and does nothing: 0 never, N to the next N requests, -1 to all.");

    public static Switch<bool> SecondsOnly { get; } =
        new("mammut", "seconds-only", true, "Dates are cut to whole seconds, as the platform's were always seen.");

    public static Switch<bool> ExclusiveSince { get; } =
        new("mammut", "exclusive-since", false, "since(\"DATE\") leaves out what bears exactly that date.");

    public static Switch[] All { get; } = [Delay, Silence, Unavailable, FailedAs200, SecondsOnly, ExclusiveSince];
}
