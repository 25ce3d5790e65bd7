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
        return Result.Success((await LookAsync(db, botId, cancel)).Unknown);
    }

    /// <summary>How many sites wait to be mapped: what one conversation carried is one of them. Looks through much, so it is not asked at every event.</summary>
    public async Task<Result<UnknownCount>> CountAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!await db.Bots.AnyAsync(b => b.Id == botId, cancel))
            return BotErrors.NotFound;
        var (unknown, orMore) = await LookAsync(db, botId, cancel);
        return await MatterAsync(db, botId, unknown, cancel) ? new UnknownCount(UnknownSiteView.Together(unknown).Count, orMore) : UnknownCount.None;
    }

    // With whether some may be left that were not looked at, or found and not shown.
    private static async Task<(IReadOnlyList<UnknownSiteView> Unknown, bool OrMore)> LookAsync(PortalDb db, Guid botId, CancellationToken cancel)
    {
        var rules = await db.Set<SiteRule>().Where(r => r.BotId == botId).ToListAsync(cancel);
        var (unknown, last, all) = (new List<UnknownSite>(), (UnknownSite?)null, false);
        for (var looked = 0; !all && unknown.Count <= Most && looked < MostLooked; looked += Most)
        {
            var seen = await SeenAsync(db, botId, last, cancel);
            all = seen.Count <= Most;
            var sites = seen.Take(Most).ToList();
            var settled = await SettledAsync(db, rules, [.. sites.Select(s => s.ConversationId).OfType<long>().Distinct()], cancel);
            unknown.AddRange(
                sites.Where(site => !rules.Exists(rule => Covers(rule, site)) && !(site.ConversationId is { } conversation && settled.Contains(conversation)))
            );
            last = sites.LastOrDefault();
        }
        return ([.. unknown.Take(Most).Select(UnknownSiteView.Of)], !all || unknown.Count > Most);
    }

    /// <summary>The value by which a conversation waits to be mapped; null = none does.</summary>
    /// <param name="db">Where to read.</param>
    /// <param name="botId">The bot.</param>
    /// <param name="evidence">What its latest turn knew, as it is kept.</param>
    /// <param name="cancel">Ends the reading.</param>
    internal static async Task<UnknownSiteView?> OfAsync(PortalDb db, Guid botId, string? evidence, CancellationToken cancel)
    {
        if (KeptEvidence.Read(evidence)?.AsEvidence() is not { } known)
            return null;
        var rules = await db.Set<SiteRule>().Where(r => r.BotId == botId).ToListAsync(cancel);
        if (ResolveContext.Resolve(rules, null, known).RulePosition is not null)
            return null;
        var carried = known.Values().ToList();
        var values = carried.Select(c => c.Value).ToList();
        var seen = await db.UnknownSites.Where(u => u.BotId == botId && values.Contains(u.Value)).ToListAsync(cancel);
        var site = carried.Select(c => seen.Find(u => u.Source == c.Source && u.Value == c.Value)).FirstOrDefault(u => u is not null);
        return site is not null && await MatterAsync(db, botId, [UnknownSiteView.Of(site)], cancel) ? UnknownSiteView.Of(site) : null;
    }

    // Every message has a topic: a bot without rules that has met a single one has a single site, and nothing to tell apart.
    private static async Task<bool> MatterAsync(PortalDb db, Guid botId, IReadOnlyList<UnknownSiteView> unknown, CancellationToken cancel) =>
        unknown is not [{ Source: SiteSource.Topic }]
        || await db.Set<SiteRule>().AnyAsync(r => r.BotId == botId, cancel)
        || await db.UnknownSites.Where(u => u.BotId == botId).Take(2).CountAsync(cancel) > 1;

    internal static bool Covers(SiteRule rule, UnknownSite site) => rule.SiteId.Trim() == site.Value && (rule.Source is SiteSource.Any || rule.Source == site.Source);

    // One more than is looked at tells whether there are more.
    private static Task<List<UnknownSite>> SeenAsync(PortalDb db, Guid botId, UnknownSite? after, CancellationToken cancel)
    {
        var seen = db.UnknownSites.Where(u => u.BotId == botId);
        if (after is not null)
            seen = seen.Where(u => u.LastSeenAt < after.LastSeenAt || (u.LastSeenAt == after.LastSeenAt && u.Id > after.Id));
        return seen.OrderByDescending(u => u.LastSeenAt).ThenBy(u => u.Id).Take(Most + 1).ToListAsync(cancel);
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
