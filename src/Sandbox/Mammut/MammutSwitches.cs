using Sandbox.Control;
using Sandbox.Mammut.Brain;
using Sandbox.Mammut.Graph;

namespace Sandbox.Mammut;

/// <summary>What can be turned on the simulated platform (mammut.md 10).</summary>
internal static class MammutSwitches
{
    public static Switch<TimeSpan> Delay { get; } =
        new("mammut", "delay", TimeSpan.FromMilliseconds(150), "How long a bot thinks before its answer is in the room.");

    public static Switch<bool> Silence { get; } =
        new("mammut", "silence", false, "Bots do not answer what is said while this is on.");

    public static Switch<int> Unavailable { get; } =
        new("mammut", "unavailable", 0, "Answers 503: 0 never, N to the next N requests, -1 to all.");

    public static Switch<int> FailedAs200 { get; } =
        new(
            "mammut",
            "failed-as-200",
            0,
            "Answers 200 with status Failed and does nothing: 0 never, N to the next N requests, -1 to all."
        );

    public static Switch<int> MalformedJson { get; } =
        new("mammut", "malformed-json", 0, "Answers JSON that breaks off and does nothing; counts like unavailable.");

    public static Switch<int> Html { get; } =
        new("mammut", "html", 0, "Answers 200 with a page of HTML and does nothing; counts like unavailable.");

    public static Switch<int> CutConnection { get; } =
        new("mammut", "cut-connection", 0, "Cuts the connection and does nothing; counts like unavailable.");

    public static Switch<int> LostAnswer { get; } =
        new("mammut", "lost-answer", 0, "Does what a POST asks for, then cuts the connection; counts like unavailable.");

    public static Switch<GraphRequest> FaultsAt { get; } =
        new("mammut", "faults-at", GraphRequest.Any, "The only requests that the counts above apply to.");

    public static Switch<bool> SecondsOnly { get; } =
        new("mammut", "seconds-only", true, "Dates are cut to whole seconds, as the platform's were always seen.");

    public static Switch<bool> ExclusiveSince { get; } =
        new("mammut", "exclusive-since", false, "since(\"DATE\") leaves out what bears exactly that date.");

    public static Switch<TimeSpan> ClockShift { get; } =
        new("mammut", "clock-shift", TimeSpan.Zero, "How far the platform's clock is ahead; negative when it is behind.");

    public static Switch<IssuePlace> IssuePlace { get; } =
        new(
            "mammut",
            "issue-place",
            Brain.IssuePlace.VisitorThought,
            "Where an issue hangs: on the visitor's thought, on it with a text of the bot after it, or on that text."
        );

    public static Switch<string> IssueType { get; } =
        new("mammut", "issue-type", "ThoughtOfferToBeLearned", "How the type of the offer to be taught is spelled.");

    public static Switch<TimeSpan> SplitAnswer { get; } =
        new("mammut", "split-answer", TimeSpan.Zero, "Pause between the thoughts of an answer, which has two then; zero is off.");

    public static Switch<bool> DuplicateThought { get; } =
        new("mammut", "duplicate-thought", false, "Bots say everything twice, as two thoughts.");

    public static Switch<bool> RequireMainEmail { get; } =
        new("mammut", "require-main-email", false, "Answers 400 to a visitor without main-email, as a strict deployment might.");

    public static Switch[] All { get; } =
    [
        Delay,
        Silence,
        SplitAnswer,
        DuplicateThought,
        IssuePlace,
        IssueType,
        Unavailable,
        FailedAs200,
        MalformedJson,
        Html,
        CutConnection,
        LostAnswer,
        FaultsAt,
        SecondsOnly,
        ExclusiveSince,
        ClockShift,
        RequireMainEmail,
    ];
}
