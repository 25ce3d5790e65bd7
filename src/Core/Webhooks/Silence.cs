using Core.Conversations;

namespace Core.Webhooks;

/// <summary>Why a customer's message has no answer (yet).</summary>
/// <param name="Cause">What it waits for, or that nothing will come.</param>
/// <param name="Reason">Why it ended so, a code of portal.md 3; null while nothing is decided.</param>
/// <param name="DeliveryId">Our id of the delivery that brought it.</param>
public sealed record Silence(SilenceCause Cause, string? Reason, string DeliveryId)
{
    /// <summary>Why that message has none; null = it was answered, handed over, or left to people who have written or resolved since. Pure.</summary>
    internal static Silence? Of(string deliveryId, DeliveryStatus status, string? reason, TurnStanding? turn, ConversationStanding conversation)
    {
        if (turn is { Answered: true })
            return null;
        return status switch
        {
            DeliveryStatus.Waiting => new(WaitsFor(turn, conversation), null, deliveryId),
            DeliveryStatus.Dead => new(SilenceCause.GivenUp, reason, deliveryId),
            _ when reason is null or Reasons.Relayed => null,
            _ when reason is Reasons.PeopleOwn && conversation.SeenToSince => null,
            _ => new(SilenceCause.NoAnswer, reason, deliveryId),
        };
    }

    private static SilenceCause WaitsFor(TurnStanding? turn, ConversationStanding conversation) =>
        turn switch
        {
            { Stage: TurnStage.Held } => SilenceCause.Held,
            { Stage: TurnStage.HandingOver } => SilenceCause.HandingOver,
            not null => SilenceCause.Answering,
            _ when conversation.Blocked => SilenceCause.Blocked,
            _ when conversation.TokenRefused => SilenceCause.Held,
            _ when conversation.TurnRuns => SilenceCause.BehindTurn,
            _ => SilenceCause.QuietWindow,
        };
}

/// <summary>What a customer's message without an answer waits for.</summary>
public enum SilenceCause
{
    /// <summary>The customer may be writing on.</summary>
    QuietWindow,

    /// <summary>The messages before it are still being answered.</summary>
    BehindTurn,

    /// <summary>The bot is being asked.</summary>
    Answering,

    /// <summary>People are being called.</summary>
    HandingOver,

    /// <summary>Freshchat refuses the token: nothing is sent until there is another.</summary>
    Held,

    /// <summary>It waits behind a delivery that was given up.</summary>
    Blocked,

    /// <summary>It was given up itself.</summary>
    GivenUp,

    /// <summary>Nothing will come; the reason says why.</summary>
    NoAnswer,
}

/// <summary>Where the turn of a message stands.</summary>
/// <param name="Stage">Its stage.</param>
/// <param name="Answered">A text of the bot was posted, or people have been asked to take over.</param>
internal sealed record TurnStanding(TurnStage Stage, bool Answered);

/// <summary>What stands around a message.</summary>
/// <param name="Blocked">The conversation waits behind something given up.</param>
/// <param name="TokenRefused">Freshchat refuses the bot's token.</param>
/// <param name="TurnRuns">A turn of the conversation is not over.</param>
/// <param name="SeenToSince">A person of the company has written after it, or the conversation was resolved.</param>
internal sealed record ConversationStanding(bool Blocked, bool TokenRefused, bool TurnRuns, bool SeenToSince);
