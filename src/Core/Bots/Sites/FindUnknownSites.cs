using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Values that customers' messages carried and no rule knows: what is still to be mapped (freshchat.md 13).</summary>
public sealed class FindUnknownSites(PortalStore store)
{
    // As many as anybody maps by hand, and as many seen values as a page may cost.
    private const int Most = 200;
    private const int MostLooked = 10_000;

    /// <summary>
    /// The latest first. Left out is what a rule covers by now, and what the rules of now would not miss: the conversation that carried
    /// it last finds its context by another value.
    /// </summary>
    public async Task<Result<IReadOnlyList<UnknownSiteView>>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!await db.Bots.AnyAsync(b => b.Id == botId, cancel))
            return BotErrors.NotFound;
        var rules = await db.Set<SiteRule>().Where(r => r.BotId == botId).ToListAsync(cancel);
        var (unknown, last) = (new List<UnknownSite>(), (UnknownSite?)null);
        for (var looked = 0; unknown.Count < Most && looked < MostLooked; looked += Most)
        {
            var sites = await SeenAsync(db, botId, last, cancel);
            var settled = await SettledAsync(db, rules, [.. sites.Select(s => s.ConversationId).OfType<long>().Distinct()], cancel);
            unknown.AddRange(
                sites.Where(site => !rules.Exists(rule => Covers(rule, site)) && !(site.ConversationId is { } conversation && settled.Contains(conversation)))
            );
            if (sites.Count < Most)
                break;
            last = sites[^1];
        }
        return Result.Success<IReadOnlyList<UnknownSiteView>>([.. unknown.Take(Most).Select(UnknownSiteView.Of)]);
    }

    internal static bool Covers(SiteRule rule, UnknownSite site) => rule.SiteId.Trim() == site.Value && (rule.Source is SiteSource.Any || rule.Source == site.Source);

    private static Task<List<UnknownSite>> SeenAsync(PortalDb db, Guid botId, UnknownSite? after, CancellationToken cancel)
    {
        var seen = db.UnknownSites.Where(u => u.BotId == botId);
        if (after is not null)
            seen = seen.Where(u => u.LastSeenAt < after.LastSeenAt || (u.LastSeenAt == after.LastSeenAt && u.Id > after.Id));
        return seen.OrderByDescending(u => u.LastSeenAt).ThenBy(u => u.Id).Take(Most).ToListAsync(cancel);
    }

    private static async Task<HashSet<long>> SettledAsync(PortalDb db, List<SiteRule> rules, List<long> conversations, CancellationToken cancel)
    {
        var latest = db.Turns.Where(t => conversations.Contains(t.ConversationId) && t.SiteEvidence != null).GroupBy(t => t.ConversationId).Select(turns => turns.Max(t => t.Id));
        var evidence = await db.Turns.Where(t => latest.Contains(t.Id)).Select(t => new { t.ConversationId, t.SiteEvidence }).ToListAsync(cancel);
        return
        [
            .. evidence
                .Where(turn => KeptEvidence.Read(turn.SiteEvidence) is { } kept && ResolveContext.Resolve(rules, null, kept.AsEvidence()).RulePosition is not null)
                .Select(turn => turn.ConversationId),
        ];
    }
}
