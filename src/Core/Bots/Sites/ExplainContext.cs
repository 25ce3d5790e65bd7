namespace Core.Bots.Sites;

/// <summary>Says why a message got its context: the rule that matched, and what kept each other rule from it. Pure (freshchat.md 13).</summary>
public static class ExplainContext
{
    /// <summary>The match of <see cref="ResolveContext"/>, with a verdict on every rule in order.</summary>
    public static SiteExplanation Explain(IEnumerable<SiteRule> rules, string? defaultContext, SiteEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var ordered = rules.OrderBy(r => r.Position).ToList();
        var match = ResolveContext.Resolve(ordered, defaultContext, evidence);
        var values = evidence.Values().ToList();
        return new(match, [.. ordered.Select(rule => Judge(rule, match, values))]);
    }

    private static RuleVerdict Judge(SiteRule rule, SiteMatch match, List<(SiteSource Source, string Value)> values)
    {
        if (rule.Position == match.RulePosition)
            return Verdict(rule, RuleOutcome.Matched, [match.SiteId!]);
        if (rule.Position > match.RulePosition)
            return Verdict(rule, RuleOutcome.AfterMatch, []);
        var found = values.Where(v => rule.Source is SiteSource.Any || v.Source == rule.Source).Select(v => v.Value).Distinct().ToList();
        // Neighbours of source "any" are tried together: a value that is looked at sooner had matched another of them.
        if (found.Contains(rule.SiteId.Trim()))
            return Verdict(rule, RuleOutcome.Outweighed, [rule.SiteId.Trim()]);
        return Verdict(rule, found.Count == 0 ? RuleOutcome.NothingThere : RuleOutcome.OtherValue, found);
    }

    private static RuleVerdict Verdict(SiteRule rule, RuleOutcome outcome, IReadOnlyList<string> found) =>
        new(rule.Position, rule.Source, rule.SiteId, rule.Context, outcome, found);
}

/// <summary>Why a message got its context.</summary>
/// <param name="Match">What was chosen.</param>
/// <param name="Rules">Every rule, in order.</param>
public sealed record SiteExplanation(SiteMatch Match, IReadOnlyList<RuleVerdict> Rules);

/// <summary>What became of one rule.</summary>
/// <param name="Position">Its place, from 1.</param>
/// <param name="Source">Where it looks.</param>
/// <param name="SiteId">For what.</param>
/// <param name="Context">Where it leads.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Found">The values that stood where it looks, as far as they matter to the outcome.</param>
public sealed record RuleVerdict(int Position, SiteSource Source, string SiteId, string Context, RuleOutcome Outcome, IReadOnlyList<string> Found);

/// <summary>What became of a rule.</summary>
public enum RuleOutcome
{
    /// <summary>It gave the context.</summary>
    Matched,

    /// <summary>Another rule had matched before it was its turn.</summary>
    AfterMatch,

    /// <summary>Its value was there, but a neighbour of source <see cref="SiteSource.Any"/> matched one that is looked at sooner.</summary>
    Outweighed,

    /// <summary>Other values stood where it looks.</summary>
    OtherValue,

    /// <summary>Nothing stood where it looks.</summary>
    NothingThere,
}
