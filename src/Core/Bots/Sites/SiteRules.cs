using FluentValidation.Results;

namespace Core.Bots.Sites;

/// <summary>What every list of site rules must keep to.</summary>
public static class SiteRules
{
    /// <summary>Most rules of one bot.</summary>
    public const int Most = 500;

    /// <summary>Reports each fault on field <c>sites</c>.</summary>
    public static void Check(IReadOnlyList<SiteRuleSettings> rules, Action<ValidationFailure> report)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(report);
        if (rules.Count > Most)
            report(Fault("sites_too_many"));
        if (rules.Any(r => string.IsNullOrWhiteSpace(r?.SiteId)))
            report(Fault("site_id_required"));
        if (rules.Any(r => string.IsNullOrWhiteSpace(r?.Context)))
            report(Fault("site_context_required"));
        if (rules.Any(r => r?.SiteId?.Length > 200 || r?.Context?.Length > 200))
            report(Fault("too_long"));
        if (rules.GroupBy(r => (r?.Source, r?.SiteId?.Trim())).Any(same => same.Count() > 1))
            report(Fault("site_rule_twice"));
    }

    private static ValidationFailure Fault(string code) => new("sites", code) { ErrorCode = code };
}
