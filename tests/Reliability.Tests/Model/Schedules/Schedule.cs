using System.Globalization;
using System.Text;

namespace Reliability.Tests.Model.Schedules;

/// <summary>One run of the model: the clocks, the speed of the far sides, and what happens in it, step by step.</summary>
internal sealed record Schedule(TimeSpan Latency, TimeSpan PortalAhead, TimeSpan FreshchatAhead, TimeSpan Down, TimeSpan Echo, Cluster Cluster, IReadOnlyList<Step> Steps)
{
    public override string ToString()
    {
        var words = new StringBuilder().AppendLine(
            CultureInfo.InvariantCulture,
            $"\nfar sides answer in {Latency.TotalMilliseconds} ms, the portal's clock is {PortalAhead.TotalSeconds} s ahead and Freshchat's {FreshchatAhead.TotalSeconds} s, a crash takes {Down.TotalSeconds} s, echoes come after {Echo.TotalSeconds} s{Cluster}"
        );
        foreach (var step in Steps)
            words.AppendLine(CultureInfo.InvariantCulture, $"  after {step.Pause.TotalSeconds:0.###} s {step.Words}");
        return words.ToString();
    }
}

/// <summary>The nodes of a portal.</summary>
/// <param name="Nodes">How many there are in the beginning.</param>
/// <param name="Skew">How far the clock of each is ahead of that of the one before.</param>
/// <param name="Slowness">How long a transaction takes to reach the database, at most.</param>
/// <param name="Deaf">Whether what the nodes tell each other is lost.</param>
internal sealed record Cluster(int Nodes, TimeSpan Skew, TimeSpan Slowness, bool Deaf)
{
    public static readonly Cluster Single = new(1, default, default, false);

    public override string ToString() =>
        this == Single
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"; {Nodes} nodes, {Skew.TotalSeconds} s apart, {Slowness.TotalMilliseconds} ms away from the database{(Deaf ? ", do not hear each other" : "")}"
            );
}

/// <summary>Something that happens, in words and in deed, a while after the step before.</summary>
internal sealed record Step(TimeSpan Pause, string Words, Func<World, Task> DoAsync)
{
    public static Step Of(TimeSpan pause, string words, Action<World> act) =>
        new(
            pause,
            words,
            world =>
            {
                act(world);
                return Task.CompletedTask;
            }
        );
}
