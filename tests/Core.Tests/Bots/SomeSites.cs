using Core.Bots;
using Core.Bots.Sites;
using CsCheck;

namespace Core.Tests.Bots;

/// <summary>Rules and evidence out of few values, so that they meet each other often.</summary>
internal static class SomeSites
{
    private static readonly Gen<string> Value = OneOf("a", "b", "c", "a:b", "");

    private static readonly Gen<SiteRuleSettings> Rule = Gen.Select(
        Gen.Enum<SiteSource>(),
        OneOf("a", "b", "c", "a:b", " a "),
        OneOf("x", "y"),
        (source, site, context) => new SiteRuleSettings { Source = source, SiteId = site, Context = context }
    );

    public static readonly Gen<List<SiteRuleSettings>> Rules = Rule.List[0, 6];

    public static readonly Gen<SiteEvidence> Evidence = Gen.Select(
        Value.List[0, 2],
        OneOf<string?>(null, "a", "b", "c", "a:b", ""),
        OneOf<string?>(null, "", "a", "a:7", "b:7", "c:7", ":7", "a:b:7"),
        (properties, topic, reference) => new SiteEvidence(properties, topic, reference)
    );

    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static List<SiteRule> AsRules(IEnumerable<SiteRuleSettings> rules) =>
        [.. rules.Select((r, i) => new SiteRule { Position = i + 1, Source = r.Source, SiteId = r.SiteId, Context = r.Context })];

    public static List<SiteRuleSettings> AsSettings(string rules) =>
        [.. SitesTests.Read(rules).Select(r => new SiteRuleSettings { Source = r.Source, SiteId = r.SiteId, Context = r.Context })];
}
