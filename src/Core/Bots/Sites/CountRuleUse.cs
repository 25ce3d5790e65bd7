using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Counts which of a bot's rules are met. Reads every turn of a month, so it is asked when a page is opened and not at each message.</summary>
public sealed class CountRuleUse(PortalStore store, TimeProvider clock)
{
    /// <summary>Each saved rule with the conversations that it decides as the rules stand now.</summary>
    public async Task<Result<IReadOnlyList<RuleUse>>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var rules = await db.Set<SiteRule>().Where(r => r.BotId == botId).OrderBy(r => r.Position).ToListAsync(cancel);
        if (rules.Count == 0)
            return Result.Success<IReadOnlyList<RuleUse>>([]);
        var since = clock.GetUtcNow() - SiteLinter.Window;
        var seen = await db.Turns.Where(t => t.BotId == botId && t.EndedAt >= since && t.SiteRulePosition != null && t.SiteFoundIn != null)
            .GroupBy(t => new { t.SiteFoundIn, t.SiteId })
            .Select(g => new
            {
                g.Key.SiteFoundIn,
                g.Key.SiteId,
                Conversations = g.Select(t => t.ConversationId).Distinct().Count(),
                LastAt = g.Max(t => t.EndedAt),
            })
            .ToListAsync(cancel);
        return Result.Success(Attribute(rules, [.. seen.Select(s => new SeenSite(s.SiteFoundIn!.Value, s.SiteId ?? "", s.Conversations, s.LastAt))]));
    }

    /// <summary>
    /// Who decides about what was seen: pure. The place of a rule may have changed since, so the values are judged by the rules of now,
    /// each as if it were all that is known of a message.
    /// </summary>
    public static IReadOnlyList<RuleUse> Attribute(IReadOnlyList<SiteRule> rules, IReadOnlyList<SeenSite> seen)
    {
        var decided = seen.ToLookup(site => ResolveContext.Resolve(rules, null, site.AsEvidence()).RulePosition);
        return
        [
            .. rules.Select(rule => new RuleUse(
                rule.Source,
                rule.SiteId.Trim(),
                rule.AddedAt,
                decided[rule.Position].Sum(site => site.Conversations),
                decided[rule.Position].Max(site => site.LastAt)
            )),
        ];
    }
}

/// <summary>A value by which turns found their context.</summary>
/// <param name="FoundIn">Where it was found; never <see cref="SiteSource.Any"/>.</param>
/// <param name="Value">The value.</param>
/// <param name="Conversations">In how many conversations.</param>
/// <param name="LastAt">The latest time.</param>
public sealed record SeenSite(SiteSource FoundIn, string Value, int Conversations, DateTimeOffset? LastAt)
{
    internal SiteEvidence AsEvidence() =>
        FoundIn switch
        {
            SiteSource.Topic => new([], Value, null),
            SiteSource.ReferencePrefix => new([], null, Value + ":"),
            _ => new([Value], null, null),
        };
}
