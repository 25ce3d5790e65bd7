namespace Reliability.Tests.Model.FarSides;

/// <summary>A far side of the portal.</summary>
internal enum Side
{
    Freshchat,
    Mammut,
}

/// <summary>Kinds of requests, as faults choose among them.</summary>
internal enum Call
{
    Say,
    Listen,
    OtherOfMammut,
    Reply,
    ReadMessages,
    Assign,
    OtherOfFreshchat,
}

/// <summary>What goes wrong with one request.</summary>
internal enum Fault
{
    None,

    /// <summary>Never arrives and is never answered.</summary>
    Swallowed,

    /// <summary>Arrives and is done; the answer never comes.</summary>
    AnswerSwallowed,

    /// <summary>A reply is done only after the caller has given up: Freshchat is read again for that (freshchat.md 11), Mammut is not.</summary>
    Late,

    /// <summary>The connection breaks before it arrives.</summary>
    Reset,

    /// <summary>The connection breaks after it was done.</summary>
    ResetAfter,

    /// <summary>503, not done.</summary>
    Down,

    /// <summary>503, although it was done.</summary>
    DownAfter,

    /// <summary>429.</summary>
    Limited,

    /// <summary>The portal dies before the request leaves.</summary>
    DiesBefore,

    /// <summary>The portal dies when the request has been done, before it learns of it.</summary>
    DiesAfter,

    /// <summary>The node stands still when the request has been done, for longer than its leases last, and only then learns of it.</summary>
    FreezesAfter,
}

/// <summary>The faults that lie ahead of each kind of request.</summary>
internal sealed class Faults
{
    private readonly Dictionary<Call, List<Fault>> _ahead = [];

    /// <summary>After <paramref name="skip"/> such requests from now, <paramref name="count"/> meet the fault.</summary>
    public void Plan(Call call, int skip, int count, Fault fault)
    {
        if (!_ahead.TryGetValue(call, out var ahead))
            _ahead[call] = ahead = [];
        while (ahead.Count < skip + count)
            ahead.Add(Fault.None);
        for (var i = 0; i < count; i++)
            ahead[skip + i] = fault;
    }

    /// <summary>What this request meets.</summary>
    public Fault Next(Call call)
    {
        if (!_ahead.TryGetValue(call, out var ahead) || ahead.Count == 0)
            return Fault.None;
        var fault = ahead[0];
        ahead.RemoveAt(0);
        return fault;
    }

    /// <summary>From now on all is well.</summary>
    public void Clear() => _ahead.Clear();
}
