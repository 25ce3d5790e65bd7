using System.Globalization;
using System.Text;
using Core.Bots;
using Core.Bots.Sites;
using CsCheck;

namespace Core.Tests.Bots;

/// <summary>Site rules to a spreadsheet and back, whatever the spreadsheet makes of them.</summary>
public sealed class SitesCsvTests
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en");
    private static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es");

    [Theory]
    [InlineData("source,siteId,context\r\ntopic,a,x\r\n,b,y", "2 Topic a>x, 3 Any b>y")]
    [InlineData("\uFEFFSe busca en;ID del sitio;Contexto en Mammut\r\nPropiedad del usuario;a;x\r\nTEMA;b;\"y;z\"\r\n", "2 UserProperty a>x, 3 Topic b>y;z")]
    [InlineData("sep=;\r\nsitio;contexto\r\na;x", "3 Any a>x")]
    [InlineData("context\tsite\tnote\nx\ta\tthat is all", "2 Any a>x")]
    [InlineData("siteId,context\n\n\na,x\n , \nb,y", "4 Any a>x, 6 Any b>y")]
    [InlineData("siteId,context\n\"a \"\"b\"\"\",x\n\"c\nd\",y\ne,z", "2 Any a \"b\">x, 3 Any c\nd>y, 5 Any e>z")]
    [InlineData("siteId,source,context\na,prefijo de la referencia,x\nb,cualquier lugar,y", "2 ReferencePrefix a>x, 3 Any b>y")]
    [InlineData("siteId,context\n'=a,'x", "2 Any =a>'x")]
    public void What_spreadsheets_write_is_understood(string text, string rules)
    {
        var read = ReadSitesCsv.Read(text);

        Assert.Empty(read.Faults);
        Assert.Equal(rules, Say(read));
    }

    [Theory]
    [InlineData("", "csv_empty")]
    [InlineData("siteId,context\r\n", "csv_empty")]
    [InlineData("a,b,c\n1,2,3", "csv_columns_missing")]
    [InlineData("siteId,context\na,x\na,y", "3 csv_rule_twice")]
    [InlineData("source,siteId,context\nthere,a,x\nany,,x\nany,b,\nany,c,z", "2 csv_source_unknown, 3 site_id_required, 4 site_context_required")]
    [InlineData("siteId,context\na", "2 site_context_required")]
    [InlineData("siteId,context\na\0b,x\nc,y", "2 control_characters")]
    [InlineData("siteId,context\na\"b,x\nc,y", "2 csv_quotes")]
    public void Faults_are_told_by_line_and_the_rest_is_read(string text, string faults)
    {
        var read = ReadSitesCsv.Read(text);

        Assert.Equal(faults, string.Join(", ", read.Faults.Select(f => $"{f.Line} {f.Error.Code}".Trim())));
    }

    [Fact]
    public void A_fault_keeps_none_of_the_other_lines_away() =>
        Assert.Equal("3 Any b>y", Say(ReadSitesCsv.Read("source;siteId;context\nthere;a;x\nany;b;y")));

    [Fact]
    public void Too_much_is_refused_by_name()
    {
        Assert.Equal("csv_too_large", ReadSitesCsv.Read(new byte[ReadSitesCsv.Largest + 1]).Faults.Single().Error.Code);
        var many = "siteId,context\n" + string.Join('\n', Enumerable.Range(0, 501).Select(i => $"s{i},c"));
        Assert.Equal("sites_too_many", ReadSitesCsv.Read(many).Faults.Single().Error.Code);
        Assert.Equal("csv_too_large", ReadSitesCsv.Read(new string('x', ReadSitesCsv.Largest + 1)).Faults.Single().Error.Code);
        Assert.Equal("too_long", ReadSitesCsv.Read($"siteId,context\n{new string('x', 201)},c").Faults.Single().Error.Code);
    }

    [Fact]
    public void A_whole_table_of_something_else_is_refused_without_reading_all_of_it()
    {
        var table = "siteId,context\n" + string.Join('\n', Enumerable.Range(0, 100_000).Select(i => $"s{i},c"));

        var read = ReadSitesCsv.Read(table);

        Assert.Equal((SiteRules.Most + 1, "sites_too_many"), (read.Rows.Count, Assert.Single(read.Faults).Error.Code));
        Assert.Equal(100, ReadSitesCsv.Read("siteId,context\n" + string.Join('\n', Enumerable.Repeat("a", 100_000))).Faults.Count);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("windows-1252")]
    public void The_file_may_be_in_any_encoding_that_Excel_writes(string name)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] file = [.. encoding.Preamble, .. encoding.GetBytes("sitio;contexto\r\ncocina;menú\r\n")];

        Assert.Equal("2 Any cocina>menú", Say(ReadSitesCsv.Read(file)));
    }

    [Theory]
    [InlineData("en", "source,siteId,context\r\nuserProperty,a,x\r\n")]
    [InlineData("es", "source;siteId;context\r\nuserProperty;a;x\r\n")]
    public void It_is_written_as_the_reader_s_spreadsheet_opens_it(string reader, string text) =>
        Assert.Equal(
            Encoding.UTF8.GetString([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)]),
            Encoding.UTF8.GetString(WriteSitesCsv.Write([new() { Source = SiteSource.UserProperty, SiteId = "a", Context = "x" }], CultureInfo.GetCultureInfo(reader)))
        );

    [Fact]
    public void No_value_becomes_a_formula() =>
        Assert.Contains("'=HYPERLINK", Encoding.UTF8.GetString(WriteSitesCsv.Write([new() { SiteId = "=HYPERLINK(1)", Context = "x" }], English)), StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_written_is_read_back()
    {
        var text = Gen.OneOf(Gen.String[Gen.OneOf(Gen.Char.AlphaNumeric, SomeSites.OneOf(',', ';', '"', '\'', '\n', '\t', ' ', '=', '-', '@', 'ñ')), 1, 12])
            .Select(s => s.Trim())
            .Where(s => s.Length > 0);
        Gen.Select(Gen.Enum<SiteSource>(), text, text, (source, site, context) => new SiteRuleSettings { Source = source, SiteId = site, Context = context })
            .List[1, 8]
            .Select(rules => rules.DistinctBy(r => (r.Source, r.SiteId)).ToList())
            .Sample(rules =>
                new[] { English, Spanish }.All(reader =>
                {
                    var read = ReadSitesCsv.Read(WriteSitesCsv.Write(rules, reader));
                    return read.Faults.Count == 0 && read.Rows.Select(r => Key(r.Rule)).SequenceEqual(rules.Select(Key));
                })
            );
    }

    private static (SiteSource, string, string) Key(SiteRuleSettings rule) => (rule.Source, rule.SiteId, rule.Context);

    private static string Say(SitesImport read) => string.Join(", ", read.Rows.Select(r => $"{r.Line} {r.Rule.Source} {r.Rule.SiteId}>{r.Rule.Context}"));
}
