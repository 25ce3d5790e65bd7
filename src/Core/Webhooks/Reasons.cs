namespace Core.Webhooks;

/// <summary>Reasons of deliveries and turns; the words are an outward contract (portal.md 3).</summary>
public static class Reasons
{
    /// <summary>Our own message came back.</summary>
    public const string OwnEcho = "own_echo";

    /// <summary>A note among agents.</summary>
    public const string PrivateNote = "private_note";

    /// <summary>Written by neither a customer nor an agent.</summary>
    public const string NotAUser = "not_a_user";

    /// <summary>People own the conversation.</summary>
    public const string PeopleOwn = "people_own";

    /// <summary>This message made people the owners.</summary>
    public const string HumanTookOver = "human_took_over";

    /// <summary>The bot is paused.</summary>
    public const string BotPaused = "bot_paused";

    /// <summary>The bot is not live yet.</summary>
    public const string BotDraft = "bot_draft";

    /// <summary>An action without a known meaning.</summary>
    public const string UnknownAction = "unknown_action";

    /// <summary>Assignment, resolution or reopening.</summary>
    public const string StateEvent = "state_event";

    /// <summary>Passed on to Mammut's cloud, which answers by itself.</summary>
    public const string Relayed = "relayed";

    /// <summary>Handed over: the bot does not know.</summary>
    public const string DoesNotKnow = "does_not_know";

    /// <summary>Handed over: a turn without any text.</summary>
    public const string UnsupportedContent = "unsupported_content";

    /// <summary>Handed over: the bot gave no answer in time.</summary>
    public const string BotSilent = "bot_silent";

    /// <summary>Mammut kept failing: handed over, or in Relay mode given up.</summary>
    public const string BotError = "bot_error";

    /// <summary>Handed over: the answer deadline passed before the bot could be asked.</summary>
    public const string Deadline = "deadline";

    /// <summary>Freshchat no longer takes messages in that conversation.</summary>
    public const string SupersededConversation = "superseded_conversation";

    /// <summary>Freshchat refused the reply for good.</summary>
    public const string RefusedByFreshchat = "refused_by_freshchat";

    /// <summary>Not even the hand-over worked.</summary>
    public const string HandOverFailed = "hand_over_failed";
}
