namespace Core.Conversations;

/// <summary>
/// Who owns a conversation, as a pure function of what happened, ordered by Freshchat's clock alone: the order of arrival, late
/// copies and our own clock change nothing (freshchat.md 12.4; the table is in docs/ownership.md).
/// </summary>
public static class Ownership
{
    /// <summary>The owner after everything known.</summary>
    public static Owner Now(IEnumerable<OwnershipEvent> events) => Fold(events, _ => true).Owner;

    /// <summary>The owner of a customer's message created at <paramref name="time"/>; at the same instant people win.</summary>
    public static Owner At(IEnumerable<OwnershipEvent> events, DateTimeOffset time) => Fold(events, e => HoldsAt(e, time)).Owner;

    /// <summary>When the period began in which people own the conversation at <paramref name="time"/>; null = the bot owns it.</summary>
    public static DateTimeOffset? PeopleSince(IEnumerable<OwnershipEvent> events, DateTimeOffset time) => Fold(events, e => HoldsAt(e, time)).Since;

    /// <summary>True for what takes the conversation away from the bot.</summary>
    public static bool GivesToPeople(OwnershipCause cause) =>
        cause is OwnershipCause.HandOver or OwnershipCause.Silenced or OwnershipCause.AgentMessage or OwnershipCause.TakeOver;

    /// <summary>
    /// True when <paramref name="interaction"/> is an episode after <paramref name="than"/>: the number behind the last hyphen is
    /// greater. Without both ids nothing is concluded.
    /// </summary>
    public static bool IsLaterEpisode(string? interaction, string? than) =>
        Opened(interaction) is { } later && Opened(than) is { } earlier && later > earlier;

    /// <summary>True when the id tells which episode it names.</summary>
    public static bool NamesEpisode(string? interaction) => Opened(interaction) is not null;

    /// <summary>
    /// When the episode began, by Freshchat's clock: the number behind the last hyphen is that instant in milliseconds (freshchat.md 6).
    /// Null = the id does not tell.
    /// </summary>
    public static DateTimeOffset? OpenedAt(string? interaction) =>
        Opened(interaction) is { } opened and >= 0 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(opened) : null;

    private static bool HoldsAt(OwnershipEvent e, DateTimeOffset time) =>
        e.At is { } at && (GivesToPeople(e.Cause) || FromCustomer(e.Cause) ? at <= time : at < time);

    // These two are told by a customer's message and hold from that very message on.
    private static bool FromCustomer(OwnershipCause cause) => cause is OwnershipCause.LaterEpisode or OwnershipCause.GivenBack;

    private static (Owner Owner, DateTimeOffset? Since) Fold(IEnumerable<OwnershipEvent> events, Func<OwnershipEvent, bool> counts)
    {
        var owner = Owner.Bot;
        DateTimeOffset? since = null;
        var (silentIn, latest) = ((string?)null, (string?)null);
        foreach (var e in events.Where(counts).OrderBy(e => e.At ?? DateTimeOffset.MaxValue).ThenBy(e => GivesToPeople(e.Cause)).ThenBy(e => Opened(e.InteractionId)))
        {
            latest = latest is null || IsLaterEpisode(e.InteractionId, latest) ? e.InteractionId ?? latest : latest;
            if (GivesToPeople(e.Cause))
            {
                // We hand over what stands now, whatever the episode of the question that led to it.
                var episode = e.Cause is OwnershipCause.HandOver && IsLaterEpisode(latest, e.InteractionId) ? latest : e.InteractionId;
                since = owner is Owner.People ? since : e.At;
                silentIn = episode ?? silentIn;
                owner = Owner.People;
            }
            else if (e.Cause is not OwnershipCause.LaterEpisode || IsLaterEpisode(e.InteractionId, silentIn))
            {
                (owner, since, silentIn) = (Owner.Bot, null, null);
            }
        }
        return (owner, since);
    }

    private static long? Opened(string? interaction) =>
        interaction is not null && long.TryParse(interaction.AsSpan(interaction.LastIndexOf('-') + 1), out var opened) ? opened : null;
}
