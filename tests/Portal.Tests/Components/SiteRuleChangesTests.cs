using Bunit;
using Core.Bots.Changes;
using Portal.Components.Bots;
using Portal.Components.Bots.Editing;

namespace Portal.Tests.Components;

/// <summary>What changed in a list of site rules. A letter is a site, the digit behind it its context: "a1 b2".</summary>
public sealed class SiteRuleChangesTests : PageContext
{
    [Theory]
    [InlineData("a1 b2", "a1 b2", "")]
    [InlineData("", "a1", "Added a1")]
    [InlineData("a1", "", "Removed a1")]
    [InlineData("a1 b2", "a1 c3 b2", "Added c3")]
    [InlineData("a1 b2 c3", "a1 c3", "Removed b2")]
    [InlineData("a1 b2 c3", "a1 b9 c3", "Changed b2 b9")]
    [InlineData("a1 b2 c3", "b2 c3 a1", "Moved a1 1>3")]
    [InlineData("a1 b2 c3 d4", "d4 a1 b2 c3", "Moved d4 4>1")]
    [InlineData("a1 b2", "b2 a1", "Moved b2 2>1")]
    [InlineData("a1 b2 c3", "c3 a9 d4", "Moved c3 3>1, Changed a1 a9, Added d4, Removed b2")]
    [InlineData("a1 a1", "a1", "Removed a1")]
    [InlineData("a1 a2", "a2 a1", "Moved a2 2>1")]
    [InlineData("a1", "a1 a2", "Added a2")]
    public void Only_what_changed_is_told(string before, string after, string changes) =>
        Assert.Equal(changes, string.Join(", ", SiteRuleChanges.Between(Rules(before), Rules(after)).Select(Told)));

    [Fact]
    public void Of_site_rules_only_those_that_changed_are_told()
    {
        var before = string.Join('\n', Enumerable.Range(1, 12).Select(i => $"Any: shop-{i} → old"));
        BotChangeView[] changes = [new(1, Guid.Empty, "freshbot", Clock.GetUtcNow(), "Olga", BotAct.SitesMapped, [new("sites", before, before.Replace("shop-7 → old", "shop-7 → new", StringComparison.Ordinal))], 2)];

        var list = Render<ActivityList>(p => p.Add(a => a.Changes, changes));

        Assert.Equal("changed: anywhere: shop-7: old → new", Assert.Single(list.FindAll(ByTestId("rule-change"))).TextContent.Trim());
        BotChangeView[] imported = [changes[0] with { Fields = [new("sites", null, before)] }];
        list.Render(p => p.Add(a => a.Changes, imported));
        Assert.Equal(10, list.FindAll(ByTestId("rule-change")).Count);
        Assert.Contains("and further changes: 2", list.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_way_in_which_a_rule_can_change_has_words()
    {
        var list = Render<SiteRuleChangeList>(p => p.Add(c => c.Change, new FieldChange("sites", Rules("a1 b2 c3"), Rules("c3 a9 d4"))));

        Assert.Equal(
            ["moved from place 3 to 1: anywhere: c → 3", "changed: anywhere: a: 1 → 9", "added: anywhere: d → 4", "removed: anywhere: b → 2"],
            list.FindAll(ByTestId("rule-change")).Select(change => change.TextContent.Trim())
        );
    }

    private static string? Rules(string rules) =>
        rules.Length == 0 ? null : string.Join('\n', rules.Split(' ').Select(rule => $"Any: {rule[0]} → {rule[1]}"));

    private static string Told(SiteRuleChange change) =>
        $"{change.Kind} {(change.Was is { } was ? Short(was) + " " : "")}{Short(change.Rule)}{(change.Kind is SiteRuleChangeKind.Moved ? $" {change.Places.Before}>{change.Places.Now}" : "")}";

    private static string Short(string rule) => $"{rule["Any: ".Length]}{rule[^1]}";
}
