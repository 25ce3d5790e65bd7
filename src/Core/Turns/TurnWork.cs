using Core.Bots;
using Core.Conversations;
using Core.Freshchat;

namespace Core.Turns;

/// <summary>A turn with everything its steps need, as it stood when it was read.</summary>
/// <param name="Turn">The turn with its replies.</param>
/// <param name="Conversation">Its conversation.</param>
/// <param name="Bot">Its bot with site rules.</param>
/// <param name="Account">The bot's account; null when its token cannot be read, or was refused and not replaced.</param>
internal sealed record TurnWork(Turn Turn, Conversation Conversation, Bot Bot, FreshchatAccount? Account)
{
    public ConversationIds Ids => new(Conversation.FreshchatId, Conversation.NumericId);
}

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
}
