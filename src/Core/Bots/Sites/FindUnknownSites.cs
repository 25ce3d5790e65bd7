using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Values that customers' messages carried and no rule knows: what is still to be mapped (freshchat.md 13).</summary>
public sealed class FindUnknownSites(PortalStore store)
{
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
        var sites = await db.UnknownSites.Where(u => u.BotId == botId).OrderByDescending(u => u.LastSeenAt).ThenBy(u => u.Id).Take(200).ToListAsync(cancel);
        var settled = await SettledAsync(db, rules, [.. sites.Select(s => s.ConversationId).OfType<long>().Distinct()], cancel);
        return Result.Success<IReadOnlyList<UnknownSiteView>>(
            [
                .. sites.Where(site => !rules.Exists(rule => Covers(rule, site)) && !(site.ConversationId is { } conversation && settled.Contains(conversation)))
                    .Select(UnknownSiteView.Of),
            ]
        );
    }

    internal static bool Covers(SiteRule rule, UnknownSite site) => rule.SiteId.Trim() == site.Value && (rule.Source is SiteSource.Any || rule.Source == site.Source);

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
