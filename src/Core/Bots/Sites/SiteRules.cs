using System.Security.Cryptography;
using System.Text;
using FluentValidation.Results;

namespace Core.Bots.Sites;

/// <summary>What every list of site rules must keep to.</summary>
public static class SiteRules
{
    /// <summary>Most rules of one bot.</summary>
    public const int Most = 500;

    /// <summary>Longest value, and longest name of a context.</summary>
    public const int LongestText = 200;

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
        if (rules.Any(r => r?.SiteId?.Length > LongestText || r?.Context?.Length > LongestText))
            report(Fault("too_long"));
        if (rules.Any(r => !IsPlain(r?.SiteId) || !IsPlain(r?.Context)))
            report(Fault("control_characters"));
    }

    /// <summary>
    /// The rules and the default context in 16 characters: equal when, and as good as only when, every message finds the same context by
    /// the same rule.
    /// </summary>
    public static string Fingerprint(IEnumerable<SiteRule> rules, string? defaultContext)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var text = new StringBuilder(defaultContext?.Trim()).Append('\n');
        foreach (var rule in rules.OrderBy(r => r.Position))
            text.Append(rule.Source).Append('\t').Append(rule.SiteId.Trim()).Append('\t').Append(rule.Context.Trim()).Append('\n');
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..16];
    }

    /// <summary>A cell of a spreadsheet may hold line breaks, and a value is whatever the page says.</summary>
    internal static bool IsPlain(string? text) => BotSettingsValidator.IsPlain(text, lines: true);

    private static ValidationFailure Fault(string code) => new("sites", code) { ErrorCode = code };
}
