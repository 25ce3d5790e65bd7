using Core.Bots;
using Core.Bots.Sites;
using CsCheck;

namespace Core.Tests.Bots;

/// <summary>Rules and evidence out of few values, so that they meet each other often.</summary>
internal static class SomeSites
{
    private static readonly Gen<string> Value = Gen.OneOfConst("a", "b", "c", "a:b", "");

    private static readonly Gen<SiteRuleSettings> Rule = Gen.Select(
        Gen.Enum<SiteSource>(),
        Gen.OneOfConst("a", "b", "c", "a:b", " a "),
        Gen.OneOfConst("x", "y"),
        (source, site, context) => new SiteRuleSettings { Source = source, SiteId = site, Context = context }
    );

    public static readonly Gen<List<SiteRuleSettings>> Rules = Rule.List[0, 6];

    public static readonly Gen<SiteEvidence> Evidence = Gen.Select(
        Value.List[0, 2],
        Gen.OneOf(Gen.Const<string?>(null), Value.Select(v => (string?)v)),
        Gen.OneOf(Gen.Const<string?>(null), Value.Select(v => (string?)v), Value.Select(v => (string?)$"{v}:7")),
        (properties, topic, reference) => new SiteEvidence(properties, topic, reference)
    );

    public static List<SiteRule> AsRules(IEnumerable<SiteRuleSettings> rules) =>
        [.. rules.Select((r, i) => new SiteRule { Position = i + 1, Source = r.Source, SiteId = r.SiteId, Context = r.Context })];

    public static List<SiteRuleSettings> AsSettings(string rules) =>
        [.. SitesTests.Read(rules).Select(r => new SiteRuleSettings { Source = r.Source, SiteId = r.SiteId, Context = r.Context })];
}
