using Core.Bots.Sites;
using CsCheck;

namespace Core.Tests.Bots;

/// <summary>For every message: the rule that matched, and what kept each other rule from it.</summary>
public sealed class ExplainContextTests
{
    private static readonly SiteEvidence Evidence = new(["comida"], "t-1", "utensilios:7");

    [Theory]
    [InlineData("topic t-2>a topic t-1>b any comida>c", "OtherValue t-1; Matched t-1; AfterMatch ")]
    [InlineData("any utensilios>a any comida>b", "Outweighed utensilios; Matched comida")]
    [InlineData("any utensilios>a topic x>b any comida>c", "Matched utensilios; AfterMatch ; AfterMatch ")]
    [InlineData("any nothing>a userProperty nothing>b", "OtherValue comida t-1 utensilios; OtherValue comida")]
    public void Every_rule_gets_its_verdict(string rules, string verdicts) =>
        Assert.Equal(verdicts, Say(ExplainContext.Explain(SitesTests.Read(rules), null, Evidence)));

    [Fact]
    public void Where_nothing_is_known_nothing_stood_there() =>
        Assert.Equal("NothingThere ; NothingThere ", Say(ExplainContext.Explain(SitesTests.Read("topic a>b referencePrefix c>d"), "rest", new([], null, "4711"))));

    [Fact]
    public void The_explanation_never_contradicts_what_is_done() =>
        Gen.Select(SomeSites.Rules, SomeSites.Evidence)
            .Sample(
                (rules, evidence) =>
                {
                    var (list, kept) = (SomeSites.AsRules(rules), KeptEvidence.Of(evidence, UserRead.Read, ""));
                    var explained = ExplainContext.Explain(list, "rest", kept.AsEvidence());
                    return explained.Match == ResolveContext.Resolve(list, "rest", evidence)
                        && explained.Rules.Count == rules.Count
                        && explained.Rules.Where(r => r.Outcome is RuleOutcome.Matched).Select(r => (int?)r.Position).SingleOrDefault() == explained.Match.RulePosition;
                }
            );

    [Fact]
    public void What_is_kept_survives_being_written_and_holds_nothing_personal()
    {
        var written = KeptEvidence.Of(new([" comida ", new('x', 500)], "t-1\0", "utensilios:ana@example.test"), UserRead.Failed, "0123").Write();

        var read = KeptEvidence.Read(written)!;
        Assert.Equal((2, "t-1\0", "utensilios", UserRead.Failed, "0123"), (read.UserProperties.Count, read.Topic, read.ReferencePrefix, read.User, read.Rules));
        Assert.Equal(("comida", 201), (read.UserProperties[0], read.UserProperties[1].Length));
        Assert.DoesNotContain("ana", written, StringComparison.Ordinal);
        Assert.DoesNotContain('\0', written);
        Assert.Equal(("", null), (KeptEvidence.Of(new([], null, "4711"), UserRead.Read, "").ReferencePrefix, KeptEvidence.Of(new([], null, null), UserRead.Read, "").ReferencePrefix));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("{")]
    [InlineData("{}")]
    public void What_cannot_be_read_was_not_kept(string? stored) => Assert.Null(KeptEvidence.Read(stored));

    [Fact]
    public void A_change_of_rules_order_or_default_shows_in_the_fingerprint()
    {
        string[] marks =
        [
            Mark("any a>x topic b>y", null),
            Mark("topic b>y any a>x", null),
            Mark("any a>x topic b>z", null),
            Mark("any a>x topic b>y", "rest"),
            Mark("", null),
        ];

        Assert.Distinct(marks);
        Assert.Equal(marks[0], Mark("any a>x topic b>y", " "));
    }

    private static string Mark(string rules, string? context) => SiteRules.Fingerprint(SitesTests.Read(rules), context);

    private static string Say(SiteExplanation explanation) => string.Join("; ", explanation.Rules.Select(r => $"{r.Outcome} {string.Join(' ', r.Found)}"));
}
