namespace Reliability.Tests.FaultMatrix;

/// <summary>A switch of the sandbox at one value, while the main job is done.</summary>
/// <param name="Switch">System and name, e.g. <c>freshchat/rate-limit</c>.</param>
/// <param name="Value">What it is turned to.</param>
/// <param name="With">Switches that are turned before it, because it means nothing without them.</param>
internal sealed record FaultRow(string Switch, object Value, params (string Switch, object Value)[] With)
{
    /// <summary>Every webhook of the job is refused for good, so the portal cannot know of it: only that nothing is done on its word can be asked.</summary>
    public bool Unheard { get; init; }

    /// <summary>The bot is silent until an admin saves a token, whatever the switch says by then (mammut.md 6.6).</summary>
    public bool NewToken { get; init; }

    /// <summary>The platform says everything twice, and equal text twice is sent twice (mammut.md 6.5).</summary>
    public bool SaidTwice { get; init; }

    /// <summary>The platform's own cloud answers, and decides when people take over: the portal passes webhooks on (mammut.md 7).</summary>
    public bool Relay { get; init; }

    /// <summary>The customer sends an image along.</summary>
    public bool WithImage { get; init; }

    /// <summary>One of the rows of the short form.</summary>
    public bool Short { get; init; }

    /// <summary>The row's name in tests and in the table.</summary>
    public string Name => string.Join(", ", With.Prepend((Switch, Value)).Select(s => $"{s.Item1} = {Shown(s.Item2)}"));

    private static string Shown(object value) => value is bool set ? (set ? "on" : "off") : $"{value}";
}
