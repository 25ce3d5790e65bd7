namespace Core.Bots.Sites;

/// <summary>What is known about the site of a message, source by source (freshchat.md 13).</summary>
/// <param name="UserProperties">Values of the site properties of the user, in the order of the property names.</param>
/// <param name="Topic">Channel id of the message.</param>
/// <param name="ReferenceId">The user's reference id.</param>
public sealed record SiteEvidence(IReadOnlyList<string> UserProperties, string? Topic, string? ReferenceId)
{
    /// <summary>Every usable value with its source, in the order in which <see cref="SiteSource.Any"/> tries them.</summary>
    public IEnumerable<(SiteSource Source, string Value)> Values()
    {
        foreach (var value in UserProperties.Select(v => v.Trim()).Where(v => v.Length > 0))
            yield return (SiteSource.UserProperty, value);
        if (Topic?.Trim() is { Length: > 0 } topic)
            yield return (SiteSource.Topic, topic);
        if (ReferenceId?.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon && ReferenceId[..colon].Trim() is { Length: > 0 } prefix)
            yield return (SiteSource.ReferencePrefix, prefix);
    }
}

/// <summary>The context of a turn and how it was found.</summary>
/// <param name="Context">Context to speak in; null = none.</param>
/// <param name="SiteId">The value that matched.</param>
/// <param name="FoundIn">Where that value was found.</param>
/// <param name="RulePosition">Place of the rule that matched, from 1; null = the bot's default context, or none.</param>
public sealed record SiteMatch(string? Context, string? SiteId, SiteSource? FoundIn, int? RulePosition);

/// <summary>
/// Chooses the context of a turn. Rules are tried in order; neighbouring rules of source <see cref="SiteSource.Any"/> are tried
/// together, value by value, so that what the page itself says about its site outweighs a reference id that another site wrote
/// (freshchat.md 13; docs/decisions).
/// </summary>
public static class ResolveContext
{
    /// <summary>User properties that are taken for a site id, in this order (freshchat.md 13).</summary>
    public static readonly IReadOnlyList<string> PropertyNames = ["siteId", "site_id", "cf_site"];

    /// <summary>The first mapped value wins; without one the default context holds.</summary>
    public static SiteMatch Resolve(IEnumerable<SiteRule> rules, string? defaultContext, SiteEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var values = evidence.Values().ToList();
        foreach (var together in Together(rules.OrderBy(r => r.Position)))
        {
            foreach (var (source, value) in values)
            {
                var rule = together.Find(r => (r.Source is SiteSource.Any || r.Source == source) && r.SiteId.Trim() == value);
                if (rule is not null)
                    return new(rule.Context, value, source, rule.Position);
            }
        }
        return new(string.IsNullOrWhiteSpace(defaultContext) ? null : defaultContext, null, null, null);
    }

    private static IEnumerable<List<SiteRule>> Together(IEnumerable<SiteRule> ordered)
    {
        var together = new List<SiteRule>();
        foreach (var rule in ordered)
        {
            if (together.Count > 0 && (rule.Source is not SiteSource.Any || together[^1].Source is not SiteSource.Any))
            {
                yield return together;
                together = [];
            }
            together.Add(rule);
        }
        if (together.Count > 0)
            yield return together;
    }
}
