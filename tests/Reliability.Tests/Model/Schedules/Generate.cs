using CsCheck;
using Reliability.Tests.Model.FarSides;

namespace Reliability.Tests.Model.Schedules;

/// <summary>Random schedules. Likely things first: what is rare alone is rarer still together.</summary>
internal static class Generate
{
    private static readonly Gen<TimeSpan> Pause = Gen.Frequency(
        (4, Gen.Int[0, 900].Select(ms => TimeSpan.FromMilliseconds(ms))),
        (5, Gen.Int[1, 6_000].Select(ms => TimeSpan.FromMilliseconds(ms))),
        (1, Gen.Int[10, 200].Select(s => TimeSpan.FromSeconds(s)))
    );

    private static readonly Gen<Travel> Travels = Gen.Frequency(
        (6, Gen.Const(Travel.Straight)),
        (2, Gen.Int[1, 8_000].Select(ms => new Travel(TimeSpan.FromMilliseconds(ms)))),
        (2, Gen.Select(Gen.Int[1, 3_000], Gen.Int[0, 20_000], (delay, again) => new Travel(TimeSpan.FromMilliseconds(delay), 1, TimeSpan.FromMilliseconds(again))))
    );

    private static readonly Gen<Reaction> Reaction = Gen.Frequency(
        (6, Gen.Const(FarSides.Reaction.Answers)),
        (4, Gen.Const(FarSides.Reaction.AnswersTwice)),
        (1, Gen.Const(FarSides.Reaction.AnswersLate)),
        (2, Gen.Const(FarSides.Reaction.DoesNotKnow)),
        (2, Gen.Const(FarSides.Reaction.SaysSomethingAndDoesNotKnow)),
        (1, Gen.Const(FarSides.Reaction.StaysSilent))
    );

    private static readonly Gen<int> Chat = Gen.Int[1, 3];

    private static readonly Gen<Call> Calls = Gen.Frequency(
        (5, Gen.Const(Call.Say)),
        (5, Gen.Const(Call.Reply)),
        (3, Gen.Const(Call.Assign)),
        (2, Gen.Const(Call.ReadMessages)),
        (2, Gen.Const(Call.Listen)),
        (1, Gen.Const(Call.OtherOfMammut)),
        (1, Gen.Const(Call.OtherOfFreshchat))
    );

    private static readonly Gen<Fault> Faults = Gen.Frequency(
        (3, Gen.Const(Fault.DiesBefore)),
        (3, Gen.Const(Fault.DiesAfter)),
        (2, Gen.Const(Fault.Swallowed)),
        (2, Gen.Const(Fault.AnswerSwallowed)),
        (2, Gen.Const(Fault.Reset)),
        (2, Gen.Const(Fault.ResetAfter)),
        (2, Gen.Const(Fault.Down)),
        (2, Gen.Const(Fault.DownAfter)),
        (1, Gen.Const(Fault.Limited)),
        (1, Gen.Const(Fault.Late))
    );

    private static readonly Gen<TimeSpan> Skew = Gen.OneOf(0, 0, -20, 20).Select(s => TimeSpan.FromSeconds(s));

    private static readonly Gen<Fault> FaultsOfNodes = Gen.Frequency((4, Faults), (1, Gen.Const(Fault.FreezesAfter)));

    private static readonly Gen<TimeSpan> Freeze = Gen.OneOf(0.5, 4, 12, 17, 40).Select(TimeSpan.FromSeconds);

    private static readonly Gen<Cluster> Clusters = Gen.Select(
        Gen.Int[1, 3],
        Gen.OneOf(0, 0, 1).Select(s => TimeSpan.FromSeconds(s)),
        Gen.OneOf(0, 3, 40).Select(ms => TimeSpan.FromMilliseconds(ms)),
        Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
        (nodes, skew, slowness, deaf) => new Cluster(nodes, skew, slowness, deaf)
    );

    public static Gen<Schedule> OneNode { get; } = Of(Gen.Const(Cluster.Single), Step(Gen.Const(0), Faults));

    public static Gen<Schedule> ManyNodes { get; } = Of(
        Clusters,
        Gen.Frequency(
            (5, Step(Gen.Int[1, 3], FaultsOfNodes)),
            (1, Gen.OneOf(
                Pause.Select(Steps.NodeAdded),
                Gen.Select(Pause, Gen.Int[1, 3], Steps.NodeKilled),
                Gen.Select(Pause, Gen.Int[1, 3], Freeze, Steps.NodeFreezes)
            ))
        )
    );

    private static Gen<Step> Step(Gen<int> node, Gen<Fault> faults) => Gen.Frequency(
        (12, Gen.Select(Pause, Chat, Reaction, Travels, Steps.CustomerAsks)),
        (1, Gen.Select(Pause, Chat, Travels, Steps.CustomerSendsPicture)),
        (2, Gen.Select(Pause, Chat, Travels, Steps.PersonWrites)),
        (1, Gen.Select(Pause, Chat, Travels, Steps.PersonTakesOver)),
        (2, Gen.Select(Pause, Chat, Travels, Steps.PersonGivesBack)),
        (2, Gen.Select(Pause, Chat, Travels, Steps.Resolved)),
        (1, Gen.Select(Pause, Chat, Travels, Steps.Reopened)),
        (6, Gen.Select(Pause, Calls, Gen.Int[0, 3], Gen.Frequency((4, Gen.Int[1, 2]), (1, Gen.Int[3, 12])), faults, Steps.Fails)),
        (2, Gen.Select(Pause, node, Steps.Crash)),
        (4, Gen.Select(Pause, node, Gen.Int[0, 30], Gen.Bool, Steps.CrashAtCommit)),
        (1, Gen.Select(Pause, node, Steps.Stops)),
        (1, Pause.Select(Steps.TokenReplaced)),
        (1, Pause.Select(Steps.TokenSaved))
    );

    private static Gen<Schedule> Of(Gen<Cluster> clusters, Gen<Step> step) => Gen.Select(
        Gen.OneOf(0, 10, 300).Select(ms => TimeSpan.FromMilliseconds(ms)),
        Gen.OneOf(0, 0, -20, 300).Select(s => TimeSpan.FromSeconds(s)),
        Skew,
        Gen.OneOf(0.2, 3, 30, 200).Select(TimeSpan.FromSeconds),
        Gen.OneOf(0.02, 0.02, 4, 20).Select(TimeSpan.FromSeconds),
        Gen.Select(clusters, step.List[1, 14]),
        (latency, portal, freshchat, down, echo, story) => new Schedule(latency, portal, freshchat, down, echo, story.Item1, story.Item2)
    );
}
