using Core.Bots;
using Core.Bots.Sites;

namespace Core.Tests.Bots;

/// <summary>From a site id to a context (freshchat.md 13).</summary>
public sealed class SitesTests
{
    private static readonly SiteEvidence Everything = new(["comida", "otra"], "topic-1", "utensilios:4711");

    [Fact]
    public void Values_come_in_the_order_in_which_any_tries_them() =>
        Assert.Equal(
            [
                (SiteSource.UserProperty, "comida"),
                (SiteSource.UserProperty, "otra"),
                (SiteSource.Topic, "topic-1"),
                (SiteSource.ReferencePrefix, "utensilios"),
            ],
            Everything.Values()
        );

    [Theory]
    [InlineData("  ", " ", null)]
    [InlineData("", "", "")]
    [InlineData("", null, "4711")]
    [InlineData("", null, ":4711")]
    [InlineData("", null, "  :4711")]
    public void What_is_blank_is_no_value(string property, string? topic, string? reference) =>
        Assert.Empty(new SiteEvidence([property], topic, reference).Values());

    [Fact]
    public void Values_are_trimmed_and_the_prefix_ends_at_the_first_colon() =>
        Assert.Equal(
            [(SiteSource.UserProperty, "comida"), (SiteSource.ReferencePrefix, "a")],
            new SiteEvidence([" comida "], null, " a :b:c").Values()
        );

    [Theory]
    [InlineData("any comida>food", "food", "comida", SiteSource.UserProperty, 1)]
    [InlineData("any utensilios>kitchen", "kitchen", "utensilios", SiteSource.ReferencePrefix, 1)]
    [InlineData("topic comida>food topic topic-1>first", "first", "topic-1", SiteSource.Topic, 2)]
    [InlineData("referencePrefix comida>food userProperty comida>right", "right", "comida", SiteSource.UserProperty, 2)]
    [InlineData("referencePrefix utensilios>kitchen userProperty comida>food", "kitchen", "utensilios", SiteSource.ReferencePrefix, 1)]
    [InlineData("userProperty comida>first userProperty comida>second", "first", "comida", SiteSource.UserProperty, 1)]
    [InlineData("any utensilios>kitchen any comida>food", "food", "comida", SiteSource.UserProperty, 2)]
    [InlineData("any Comida>food", "default", null, null, null)]
    [InlineData("any nothing>else", "default", null, null, null)]
    [InlineData("", "default", null, null, null)]
    public void The_first_mapped_value_gives_the_context_and_names_its_rule(
        string rules,
        string? context,
        string? site,
        SiteSource? foundIn,
        int? position
    ) => Assert.Equal(new(context, site, foundIn, position), ResolveContext.Resolve(Read(rules), "default", Everything));

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_default_there_is_no_context(string? none) =>
        Assert.Equal(new(null, null, null, null), ResolveContext.Resolve([], none, Everything));

    [Fact]
    public void The_position_orders_the_rules_not_the_place_in_memory()
    {
        var rules = Read("userProperty comida>first userProperty otra>second");

        Assert.Equal("first", ResolveContext.Resolve(rules.AsEnumerable().Reverse(), null, Everything).Context);
    }

    [Theory]
    [InlineData("any a>x any b>y topic a>z", null)]
    [InlineData("any a>x any a>y", null)]
    [InlineData("any _>x", "site_id_required")]
    [InlineData("any a>_", "site_context_required")]
    public void A_list_with_a_fault_is_refused_by_name(string rules, string? code)
    {
        var faults = new List<string>();

        SiteRules.Check([.. Read(rules).Select(r => new SiteRuleSettings { Source = r.Source, SiteId = r.SiteId, Context = r.Context })], f => faults.Add(f.ErrorCode));

        Assert.Equal(code, faults.FirstOrDefault());
    }

    [Fact]
    public void Too_many_too_long_and_nothing_at_all_are_faults_too()
    {
        var faults = new List<string>();
        SiteRules.Check([.. Enumerable.Range(0, 501).Select(i => new SiteRuleSettings { SiteId = $"{i}", Context = "c" })], f => faults.Add(f.ErrorCode));
        SiteRules.Check([new() { SiteId = new('x', 201), Context = "c" }], f => faults.Add(f.ErrorCode));
        SiteRules.Check([null!], f => faults.Add(f.ErrorCode));

        Assert.Equal(["sites_too_many", "too_long", "site_id_required", "site_context_required"], faults);
    }

    /// <summary>"topic a>b" = values of source topic equal to a lead to context b; "_" = empty.</summary>
    internal static List<SiteRule> Read(string rules) =>
        [
            .. rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Chunk(2)
                .Select((pair, index) => new SiteRule
                {
                    Position = index + 1,
                    Source = Enum.Parse<SiteSource>(pair[0], ignoreCase: true),
                    SiteId = pair[1].Split('>')[0].Trim('_'),
                    Context = pair[1].Split('>')[1].Trim('_'),
                }),
        ];
}
