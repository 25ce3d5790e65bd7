using System.Globalization;

namespace Core.Bots.Sites;

/// <summary>A value seen without a rule, as read (portal.md 3).</summary>
/// <param name="Id">Our id.</param>
/// <param name="BotId">The bot that met it.</param>
/// <param name="Source">Where it was found.</param>
/// <param name="Value">The value.</param>
/// <param name="Count">How many turns carried it: what a customer writes in one go counts once.</param>
/// <param name="LastSeenAt">The latest time.</param>
/// <param name="ConversationId">Our id of the latest conversation that carried it; null = not written down then.</param>
public sealed record UnknownSiteView(long Id, Guid BotId, SiteSource Source, string Value, int Count, DateTimeOffset LastSeenAt, string? ConversationId)
{
    /// <summary>
    /// What one conversation carried stands together, in the order in which it is looked at: one rule settles all of it. The order of the conversations
    /// is that of <paramref name="sites"/>.
    /// </summary>
    public static IReadOnlyList<IReadOnlyList<UnknownSiteView>> Together(IEnumerable<UnknownSiteView> sites) =>
        [.. sites.GroupBy(site => site.ConversationId ?? $"without {site.Id}").Select(carried => carried.OrderBy(site => site.Source).ToList())];

    /// <summary>
    /// Where the rule for this value shall look: where the value was found, and anywhere when another place was seen to carry the same one, so that
    /// one name is one site wherever it stands (freshchat.md 13).
    /// </summary>
    public SiteSource SourceFor(IEnumerable<UnknownSiteView> seen) =>
        seen.Any(other => other.Value == Value && other.Source != Source) ? SiteSource.Any : Source;

    internal static UnknownSiteView Of(UnknownSite site) =>
        new(site.Id, site.BotId, site.Source, site.Value, site.Count, site.LastSeenAt, site.ConversationId?.ToString(CultureInfo.InvariantCulture));
}

/// <summary>How many sites wait to be mapped.</summary>
/// <param name="Sites">The number.</param>
/// <param name="OrMore">Not all of them were counted.</param>
public readonly record struct UnknownCount(int Sites, bool OrMore)
{
    /// <summary>Nothing waits.</summary>
    public static UnknownCount None => default;

    /// <summary>The number, with a plus when there are more: for people.</summary>
    public override string ToString() => Sites.ToString(CultureInfo.CurrentCulture) + (OrMore ? "+" : "");
}
