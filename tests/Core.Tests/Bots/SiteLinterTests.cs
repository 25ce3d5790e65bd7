using Core.Bots.Sites;
using CsCheck;

namespace Core.Tests.Bots;

/// <summary>Rules that do nothing are found, and no others.</summary>
public sealed class SiteLinterTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("any a>x any b>y", "")]
    [InlineData("any a>x any a>y", "2 Duplicate by 1")]
    [InlineData("topic a>x topic a>x topic a>y", "2 Duplicate by 1, 3 Duplicate by 1")]
    [InlineData("any a>x topic a>y", "2 Shadowed by 1")]
    [InlineData("topic a>y any a>x", "")]
    [InlineData("topic a>1 userProperty a>2 referencePrefix a>3 any a>x", "4 Shadowed by 1, 2, 3")]
    [InlineData("topic a:b>1 userProperty a:b>2 any a:b>x", "3 Shadowed by 1, 2")]
    [InlineData("referencePrefix a:b>x", "1 NeverMatches by ")]
    [InlineData("any b>x any a>y topic a>z userProperty a>z", "3 Shadowed by 2, 4 Shadowed by 2")]
    [InlineData("any _>x any _>y", "")]
    public void What_can_never_decide_is_named_with_its_cause(string rules, string findings) =>
        Assert.Equal(findings, Say(SiteLinter.Check(SomeSites.AsSettings(rules), [], Now)));

    [Theory]
    [InlineData("topic a>x topic gone>y any gone>z", "2 UnknownTopic by ")]
    [InlineData("topic gone>x topic gone>y", "1 UnknownTopic by , 2 Duplicate by 1")]
    public void A_topic_that_the_account_does_not_have_is_not_proved(string rules, string findings)
    {
        Assert.Equal(findings, Say(SiteLinter.Check(SomeSites.AsSettings(rules), [], Now, ["a", "b"])));
        Assert.DoesNotContain("UnknownTopic", Say(SiteLinter.Check(SomeSites.AsSettings(rules), [], Now)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 30, true)]
    [InlineData(0, null, true)]
    [InlineData(0, 2, false)]
    [InlineData(1, 30, false)]
    public void A_rule_that_had_its_time_and_met_nobody_is_unused(int conversations, int? daysOld, bool unused)
    {
        RuleUse use = new(SiteSource.Topic, "a", daysOld is { } days ? Now.AddDays(-days) : null, conversations, null);

        var findings = SiteLinter.Check(SomeSites.AsSettings("topic a>x topic new>y"), [use], Now);

        Assert.Equal(unused ? [new(1, SiteFindingKind.Unused, [])] : Array.Empty<SiteFinding>(), findings, (a, b) => (a.Position, a.Kind) == (b.Position, b.Kind));
    }

    [Fact]
    public void What_is_said_to_do_nothing_is_never_the_result_for_any_message() =>
        Gen.Select(SomeSites.Rules, SomeSites.Evidence)
            .Sample(
                (rules, evidence) =>
                {
                    var found = SiteLinter.Check(rules, [], Now).Select(f => (int?)f.Position);
                    return !found.Contains(ResolveContext.Resolve(SomeSites.AsRules(rules), null, evidence).RulePosition);
                }
            );

    [Fact]
    public void What_nothing_is_said_about_decides_for_some_message() =>
        SomeSites.Rules.Sample(rules =>
        {
            var found = SiteLinter.Check(rules, [], Now).Select(f => f.Position).ToHashSet();
            var sole = rules.SelectMany(r => Sole(r.SiteId)).ToList();
            var deciding = sole.Select(e => ResolveContext.Resolve(SomeSites.AsRules(rules), null, e).RulePosition).ToHashSet();
            return Enumerable.Range(1, rules.Count).All(place => found.Contains(place) || deciding.Contains(place));
        });

    [Fact]
    public void Conversations_count_for_the_rule_that_decides_now()
    {
        var uses = CountRuleUse.Attribute(
            SitesTests.Read("topic a>x any a>y userProperty b>z"),
            [new(SiteSource.Topic, "a", 3, Now), new(SiteSource.ReferencePrefix, "a", 2, Now.AddDays(-1)), new(SiteSource.UserProperty, "a", 1, Now), new(SiteSource.Topic, "gone", 9, Now)]
        );

        Assert.Equal([3, 3, 0], uses.Select(u => u.Conversations));
        Assert.Equal([Now, Now, null], uses.Select(u => u.LastAt));
    }

    private static string Say(IEnumerable<SiteFinding> findings) => string.Join(", ", findings.Select(f => $"{f.Position} {f.Kind} by {string.Join(", ", f.By)}"));

    private static IEnumerable<SiteEvidence> Sole(string value) => [new([value], null, null), new([], value, null), new([], null, value + ":")];
}
