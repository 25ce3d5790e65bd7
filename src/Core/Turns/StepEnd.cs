namespace Core.Turns;

/// <summary>How a step of a turn ended.</summary>
/// <param name="Kind">What follows.</param>
/// <param name="Reason">Code of portal.md 3, where there is one.</param>
internal readonly record struct StepEnd(StepKind Kind, string? Reason = null)
{
    public static readonly StepEnd Done = new(StepKind.Done);
    public static readonly StepEnd Held = new(StepKind.Held);
    public static readonly StepEnd PeopleOwn = new(StepKind.PeopleOwn, Webhooks.Reasons.PeopleOwn);
    public static readonly StepEnd BotPaused = Stop(Webhooks.Reasons.BotPaused);

    public static StepEnd HandOver(string reason) => new(StepKind.HandOver, reason);

    public static StepEnd Stop(string reason) => new(StepKind.Stop, reason);

    public static StepEnd Dead(string reason) => new(StepKind.Dead, reason);
}

/// <summary>What follows a step.</summary>
internal enum StepKind
{
    /// <summary>Go on.</summary>
    Done,

    /// <summary>Hand over to people with the reason.</summary>
    HandOver,

    /// <summary>People own the conversation: the turn ends in silence.</summary>
    PeopleOwn,

    /// <summary>The turn ends with the reason; nothing more can be done.</summary>
    Stop,

    /// <summary>Freshchat refuses the token: wait until there is a new one.</summary>
    Held,

    /// <summary>Given up: what comes after it in this conversation waits behind it.</summary>
    Dead,
}
