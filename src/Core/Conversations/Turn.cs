namespace Core.Conversations;

/// <summary>
/// One turn of the bot: the customer's messages that were answered together. Members, text and creation date are committed before
/// the first far call and never change (mammut.md 6.1); the stage says where to resume.
/// </summary>
public sealed class Turn
{
    /// <summary>Row id.</summary>
    public long Id { get; init; }

    /// <summary>The conversation; one unfinished turn at a time.</summary>
    public long ConversationId { get; init; }

    /// <summary>The bot.</summary>
    public Guid BotId { get; init; }

    /// <summary>Texts of the members, joined by a line feed; null = no text at all.</summary>
    public string? Text { get; init; }

    /// <summary>Freshchat's clock: <c>created_time</c> of the newest member, Mammut's idempotency marker.</summary>
    public DateTimeOffset CreationDate { get; init; }

    /// <summary>Episode of the conversation (freshchat.md 6).</summary>
    public string? InteractionId { get; init; }

    /// <summary>Our clock: receive time of the oldest member plus the answer deadline.</summary>
    public DateTimeOffset Deadline { get; init; }

    /// <summary>Our clock.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>
    /// True when its one webhook is passed on to Mammut's cloud, which answers by itself (mammut.md 7). Fixed with the turn: a change of
    /// the mode is for those to come.
    /// </summary>
    public bool Relayed { get; init; }

    /// <summary>What is being done; saved before each far call.</summary>
    public TurnStage Stage { get; set; }

    /// <summary>Context in which the bot was asked.</summary>
    public string? Context { get; set; }

    /// <summary>Site value that matched.</summary>
    public string? SiteId { get; set; }

    /// <summary>Where the value was found.</summary>
    public Core.Bots.Sites.SiteSource? SiteFoundIn { get; set; }

    /// <summary>Place of the rule that matched, from 1.</summary>
    public int? SiteRulePosition { get; set; }

    /// <summary>What was known about the site then, as <see cref="Core.Bots.Sites.KeptEvidence"/> writes it; null = not looked for, or not kept.</summary>
    public string? SiteEvidence { get; init; }

    /// <summary>Mammut's id of the thought that was said.</summary>
    public long? ThoughtId { get; set; }

    /// <summary>When saying it began (our clock); set with no <see cref="ThoughtId"/> means: look before saying again.</summary>
    public DateTimeOffset? SayIntentAt { get; set; }

    /// <summary>When Mammut had it (our clock); listening counts from here.</summary>
    public DateTimeOffset? SaidAt { get; set; }

    /// <summary>Attempts that failed in the present stage.</summary>
    public int Attempts { get; set; }

    /// <summary>Not before this time (our clock).</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>When it ended (our clock); null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>
    /// Why it ended as it did, a code of portal.md 3; null = answered. On a running turn: why it is being handed over, decided and not
    /// taken back.
    /// </summary>
    public string? Reason { get; set; }

    /// <summary>The bot's texts for the customer.</summary>
    public List<Reply> Replies { get; init; } = [];

    /// <summary>The hand-over this turn led to.</summary>
    public HandOver? HandOver { get; set; }

    /// <summary>Every far call, as written down: what an admin sees as hops and attempts, by the time at which each began.</summary>
    public List<TurnCall> Calls { get; init; } = [];
}

/// <summary>Stages of a turn; each is saved before its far call.</summary>
public enum TurnStage
{
    /// <summary>Members and text are fixed; the site is being looked up.</summary>
    Formed,

    /// <summary>The text is being said to Mammut.</summary>
    Saying,

    /// <summary>Waiting for the bot's texts and posting them.</summary>
    Listening,

    /// <summary>The conversation is being handed to people.</summary>
    HandingOver,

    /// <summary>Freshchat refused the token: nothing is sent until a new one is saved.</summary>
    Held,

    /// <summary>Over.</summary>
    Ended,
}
