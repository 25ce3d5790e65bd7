namespace Core.Bots.Sites;

/// <summary>
/// Finds rules that do nothing, or that nothing has proved: pure, and only advice. What is found keeps nobody from saving; the order of the rules decides as before
/// (freshchat.md 13).
/// </summary>
public static class SiteLinter
{
    /// <summary>Conversations are counted over this time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>A rule that is younger has had no time to be used.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);

    private static readonly SiteSource[] Places = [SiteSource.UserProperty, SiteSource.Topic, SiteSource.ReferencePrefix];

    /// <summary>What is to be said about the rules, at most one thing about each, in their order.</summary>
    /// <param name="rules">The rules in order, as they are being edited.</param>
    /// <param name="uses">How often saved rules were met; a rule that is not among them is not called unused.</param>
    /// <param name="now">The present.</param>
    /// <param name="topics">Ids of the account's topics; null = not known.</param>
    public static IReadOnlyList<SiteFinding> Check(
        IReadOnlyList<SiteRuleSettings> rules,
        IReadOnlyList<RuleUse> uses,
        DateTimeOffset now,
        IReadOnlyCollection<string>? topics = null
    )
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(uses);
        var findings = new List<SiteFinding>();
        for (var i = 0; i < rules.Count; i++)
        {
            if (rules[i].SiteId.Trim().Length > 0 && Find(rules, i, uses, now, topics) is { } finding)
                findings.Add(finding);
        }
        return findings;
    }

    private static SiteFinding? Find(IReadOnlyList<SiteRuleSettings> rules, int index, IReadOnlyList<RuleUse> uses, DateTimeOffset now, IReadOnlyCollection<string>? topics)
    {
        var rule = rules[index];
        var value = rule.SiteId.Trim();
        var places = Places.Where(place => Looks(rule, place) && Possible(place, value)).ToList();
        if (places.Count == 0)
            return new(index + 1, SiteFindingKind.NeverMatches, []);
        var same = Enumerable.Range(0, index).Where(i => rules[i].SiteId.Trim() == value).ToList();
        if (same.FindIndex(i => rules[i].Source == rule.Source) is >= 0 and var twin)
            return new(index + 1, SiteFindingKind.Duplicate, [same[twin] + 1]);
        // Whoever covers a place first keeps the rule from ever being reached there.
        var covering = places.Select(place => same.FindIndex(i => Looks(rules[i], place))).ToList();
        if (covering.TrueForAll(i => i >= 0))
            return new(index + 1, SiteFindingKind.Shadowed, [.. covering.Select(i => same[i] + 1).Distinct().Order()]);
        if (rule.Source is SiteSource.Topic && topics?.Contains(value) is false)
            return new(index + 1, SiteFindingKind.UnknownTopic, []);
        var use = uses.FirstOrDefault(u => u.Source == rule.Source && u.SiteId == value);
        return use is { Conversations: 0 } && (use.AddedAt is not { } added || now - added >= Patience)
            ? new(index + 1, SiteFindingKind.Unused, [])
            : null;
    }

    private static bool Looks(SiteRuleSettings rule, SiteSource place) => rule.Source is SiteSource.Any || rule.Source == place;

    // A prefix ends before the first colon, so it holds none.
    private static bool Possible(SiteSource place, string value) => place is not SiteSource.ReferencePrefix || !value.Contains(':', StringComparison.Ordinal);
}

/// <summary>Something to say about a rule.</summary>
/// <param name="Position">Place of the rule, from 1.</param>
/// <param name="Kind">What it is.</param>
/// <param name="By">Places of the rules that are the cause; empty when there are none.</param>
public sealed record SiteFinding(int Position, SiteFindingKind Kind, IReadOnlyList<int> By);

/// <summary>What can be said about a rule.</summary>
public enum SiteFindingKind
{
    /// <summary>An earlier rule looks for the same value in the same place.</summary>
    Duplicate,

    /// <summary>Earlier rules take every message that this one would match.</summary>
    Shadowed,

    /// <summary>No message can carry the value where the rule looks for it.</summary>
    NeverMatches,

    /// <summary>The account has no such topic: it belonged to another account, or is gone.</summary>
    UnknownTopic,

    /// <summary>No conversation has met it for a long time.</summary>
    Unused,
}

/// <summary>How often a saved rule decided.</summary>
/// <param name="Source">Where it looks.</param>
/// <param name="SiteId">For what.</param>
/// <param name="AddedAt">When it was added; null = before that was written down.</param>
/// <param name="Conversations">How many conversations had a turn by it within <see cref="SiteLinter.Window"/>.</param>
/// <param name="LastAt">The latest of these turns.</param>
public sealed record RuleUse(SiteSource Source, string SiteId, DateTimeOffset? AddedAt, int Conversations, DateTimeOffset? LastAt);
