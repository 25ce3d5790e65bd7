using Core.Conversations;
using Core.Webhooks;

namespace Core.Turns;

/// <summary>Where a customer's message has got to on its way to an answer, by what is stored. Pure.</summary>
internal static class Proof
{
    private const string PostStep = "freshchat.reply";

    /// <summary>The stations up to the posted reply; reading it back is for who may ask Freshchat.</summary>
    public static List<ProofStation> Stations(ProofFacts facts)
    {
        if (facts.Delivery is not { } delivery)
            return [Waiting(ProofStop.Customer), facts.RejectedAs is { } code ? Failed(ProofStop.Webhook, code) : Waiting(ProofStop.Webhook), .. Rest(ProofStop.Webhook)];
        var stations = new List<ProofStation> { Passed(ProofStop.Customer, null), Passed(ProofStop.Webhook, Between(delivery.EventTime, delivery.ReceivedAt)) };
        foreach (var station in new Func<ProofStation>[] { () => Portal(facts, delivery), () => Mammut(facts), () => Reply(facts) })
        {
            if (stations[^1].State is StationState.Passed)
                stations.Add(station());
        }
        return [.. stations, .. Rest(stations[^1].Stop)];
    }

    private static ProofStation Portal(ProofFacts facts, Delivery delivery) =>
        facts.Turn is { } turn ? Passed(ProofStop.Portal, Between(delivery.ReceivedAt, turn.StartedAt))
        : delivery.Open ? new(ProofStop.Portal, StationState.Running)
        : Failed(ProofStop.Portal, delivery.Reason ?? Reasons.UnknownAction);

    private static ProofStation Mammut(ProofFacts facts)
    {
        var turn = facts.Turn!;
        if (facts.SpokeAt is { } spoke)
            return Passed(ProofStop.Mammut, Between(turn.StartedAt, spoke));
        // It was asked and said that it does not know: Mammut has done its part.
        if (turn.Reason is Reasons.DoesNotKnow)
            return Passed(ProofStop.Mammut, Between(turn.StartedAt, turn.EndedAt ?? turn.SaidAt ?? turn.StartedAt));
        if (turn.Stage is TurnStage.Held)
            return Failed(ProofStop.Mammut, Outcomes.FarCode.TokenRefused);
        return turn.Reason is { } reason && turn.EndedAt is not null
            ? Failed(ProofStop.Mammut, reason)
            : new(ProofStop.Mammut, StationState.Running) { Code = LastFailure(turn) };
    }

    private static ProofStation Reply(ProofFacts facts)
    {
        var turn = facts.Turn!;
        if (turn.Relayed)
            return Passed(ProofStop.Reply, null);
        if (turn.Replies.Find(r => r.State is ReplyState.Sent && r.Notice is null) is not null)
            // A call is written with the next step of the turn: until then its time is not known.
            return Passed(ProofStop.Reply, turn.Calls.Find(c => c.Step == PostStep && c.Code is null)?.Milliseconds);
        if (turn.Replies.Find(r => r.State is ReplyState.Refused or ReplyState.Stopped) is { } stopped)
            return Failed(ProofStop.Reply, stopped.ErrorCode ?? turn.Reason ?? Reasons.RefusedByFreshchat);
        if (turn.Stage is TurnStage.Held)
            return Failed(ProofStop.Reply, Outcomes.FarCode.TokenRefused);
        return turn.Reason is { } reason
            ? Failed(ProofStop.Reply, reason)
            : new(ProofStop.Reply, StationState.Running) { Code = LastFailure(turn) };
    }

    // What it is being tried again after.
    private static string? LastFailure(Turn turn) => turn.Calls.OrderBy(c => c.Id).LastOrDefault()?.Code;

    private static IEnumerable<ProofStation> Rest(ProofStop after) => Enum.GetValues<ProofStop>().Where(stop => stop > after).Select(Waiting);

    private static ProofStation Waiting(ProofStop stop) => new(stop, StationState.Waiting);

    private static ProofStation Passed(ProofStop stop, int? milliseconds) => new(stop, StationState.Passed, milliseconds);

    private static ProofStation Failed(ProofStop stop, string code) => new(stop, StationState.Failed) { Code = code };

    // Clocks of two machines differ: less than nothing is nothing.
    private static int Between(DateTimeOffset from, DateTimeOffset to) => (int)Math.Clamp((to - from).TotalMilliseconds, 0, int.MaxValue);
}

/// <summary>What is stored about the message that proves a bot.</summary>
/// <param name="Delivery">The customer's message; null = none arrived.</param>
/// <param name="Turn">Its turn, with replies and calls.</param>
/// <param name="SpokeAt">When the bot's first text was there, or in Relay mode its first message; null = it has said nothing.</param>
/// <param name="RejectedAs">Why webhooks were refused meanwhile; null = none was.</param>
internal sealed record ProofFacts(Delivery? Delivery, Turn? Turn, DateTimeOffset? SpokeAt, string? RejectedAs);

/// <summary>The stations of a round trip, in order.</summary>
public enum ProofStop
{
    /// <summary>A customer wrote.</summary>
    Customer,

    /// <summary>Freshchat delivered it, correctly signed.</summary>
    Webhook,

    /// <summary>The portal made a turn of it.</summary>
    Portal,

    /// <summary>Mammut's bot was asked and spoke.</summary>
    Mammut,

    /// <summary>Freshchat took the reply.</summary>
    Reply,

    /// <summary>The reply was read back from the conversation.</summary>
    Freshchat,
}

/// <summary>How a station stands.</summary>
public enum StationState
{
    /// <summary>Not reached.</summary>
    Waiting,

    /// <summary>Being worked on.</summary>
    Running,

    /// <summary>Done.</summary>
    Passed,

    /// <summary>Ended here.</summary>
    Failed,
}

/// <summary>One station of a round trip.</summary>
/// <param name="Stop">Which.</param>
/// <param name="State">How it stands.</param>
/// <param name="Milliseconds">How long it took; null where nothing is measured.</param>
public sealed record ProofStation(ProofStop Stop, StationState State, int? Milliseconds = null)
{
    /// <summary>Why it failed, or what it is being tried again after; null = nothing is wrong.</summary>
    public string? Code { get; init; }
}
