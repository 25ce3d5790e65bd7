namespace Portal.Components.Bots.Editing;

/// <summary>What changed in a list of site rules, rule by rule, rather than the whole list as it was and as it is; pure.</summary>
internal static class SiteRuleChanges
{
    private const string Leads = " → ";

    /// <summary>In the order of the new list; what is gone stands at the end.</summary>
    /// <param name="before">The rules as activity keeps them, one in a line; null = none.</param>
    /// <param name="after">The rules since then.</param>
    public static IReadOnlyList<SiteRuleChange> Between(string? before, string? after)
    {
        var (old, now) = (Lines(before), Lines(after));
        var from = new int?[now.Length];
        var gone = Enumerable.Range(0, old.Length).ToList();
        gone = Match(gone, old, now, from, line => line);
        gone = Match(gone, old, now, from, Site);
        var stayed = InOrder(from);
        var changes = now.Select((rule, place) => Change(rule, place, from[place] is { } was ? (old[was], was) : null, stayed.Contains(place)));
        return [.. changes.OfType<SiteRuleChange>(), .. gone.Select(place => new SiteRuleChange(SiteRuleChangeKind.Removed, old[place]))];
    }

    /// <summary>Where a rule looks and for what, without what it leads to.</summary>
    public static string Site(string rule) => rule.LastIndexOf(Leads, StringComparison.Ordinal) is >= 0 and var end ? rule[..end] : rule;

    /// <summary>What a rule leads to.</summary>
    public static string Context(string rule) => rule.LastIndexOf(Leads, StringComparison.Ordinal) is >= 0 and var end ? rule[(end + Leads.Length)..] : "";

    private static SiteRuleChange? Change(string rule, int place, (string Rule, int Place)? was, bool stayed) =>
        was is not { } before ? new(SiteRuleChangeKind.Added, rule)
        : before.Rule != rule ? new(SiteRuleChangeKind.Changed, rule, before.Rule)
        : stayed ? null
        : new(SiteRuleChangeKind.Moved, rule) { Places = (before.Place + 1, place + 1) };

    // Finds for each rule the one that it was, the first of several; returns those that none has been yet.
    private static List<int> Match(List<int> free, string[] old, string[] now, int?[] from, Func<string, string> by)
    {
        var same = free.GroupBy(place => by(old[place])).ToDictionary(places => places.Key, places => new Queue<int>(places));
        for (var place = 0; place < now.Length; place++)
        {
            if (from[place] is null && same.TryGetValue(by(now[place]), out var places) && places.TryDequeue(out var was))
                from[place] = was;
        }
        return [.. free.Except(from.OfType<int>())];
    }

    // The most rules that still follow one another as they did; only the others were moved.
    private static HashSet<int> InOrder(int?[] from)
    {
        var ends = new List<int>();
        var before = new int[from.Length];
        for (var place = 0; place < from.Length; place++)
        {
            if (from[place] is not { } was)
                continue;
            var length = ends.FindIndex(end => from[end] > was) is >= 0 and var longer ? longer : ends.Count;
            before[place] = length > 0 ? ends[length - 1] : -1;
            if (length == ends.Count)
                ends.Add(place);
            else
                ends[length] = place;
        }
        var stayed = new HashSet<int>();
        for (var place = ends.Count > 0 ? ends[^1] : -1; place >= 0; place = before[place])
            stayed.Add(place);
        return stayed;
    }

    private static string[] Lines(string? rules) => rules is null ? [] : rules.Split('\n');
}

/// <summary>One rule that changed.</summary>
/// <param name="Kind">How.</param>
/// <param name="Rule">The rule as it is; of one that was removed, as it was.</param>
/// <param name="Was">What it was, of one that leads elsewhere now.</param>
internal sealed record SiteRuleChange(SiteRuleChangeKind Kind, string Rule, string? Was = null)
{
    /// <summary>Its place before and now, from 1, of one that was moved.</summary>
    public (int Before, int Now) Places { get; init; }
}

/// <summary>How a rule changed.</summary>
internal enum SiteRuleChangeKind
{
    /// <summary>It is new.</summary>
    Added,

    /// <summary>It is gone.</summary>
    Removed,

    /// <summary>The same site leads to another context.</summary>
    Changed,

    /// <summary>It stands elsewhere among the others.</summary>
    Moved,
}
