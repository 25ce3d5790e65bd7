using System.Globalization;
using System.Text;
using Core.Outcomes;

namespace Core.Bots.Sites;

/// <summary>The words of a list of site rules in CSV, as people write them in both languages.</summary>
internal static class SitesCsv
{
    public const string Source = "source";
    public const string SiteId = "siteId";
    public const string Context = "context";

    /// <summary>What a spreadsheet would run as a formula when it stands first in a cell, and the mark that keeps it from that.</summary>
    public const string Formula = "=+-@\t\r'";

    private static readonly Dictionary<string, string> Columns = Words(
        (Source, "source lookedforin foundin fuente origen sebuscaen encontradoen buscaren"),
        (SiteId, "siteid site sitio iddelsitio idsitio idsite value valor"),
        (Context, "context contexto mammutcontext contextenmammut contextoenmammut contextinmammut")
    );

    private static readonly Dictionary<string, string> Sources = Words(
        (nameof(SiteSource.Any), "any anywhere anyplace all cualquiera cualquier cualquierlugar todos"),
        (nameof(SiteSource.UserProperty), "userproperty property propiedad propiedaddelusuario propiedadusuario propiedaddeusuario"),
        (nameof(SiteSource.Topic), "topic channel tema canal"),
        (nameof(SiteSource.ReferencePrefix), "referenceprefix prefix reference prefijo prefijodelareferencia prefijoreferencia prefijodereferencia referencia")
    );

    /// <summary>The column that a heading names; null = none of ours.</summary>
    public static string? ColumnOf(string? heading) => Columns.GetValueOrDefault(Plain(heading));

    /// <summary>The source that a word names; nothing written = any.</summary>
    public static SiteSource? SourceOf(string? word) =>
        string.IsNullOrWhiteSpace(word) ? SiteSource.Any : Sources.TryGetValue(Plain(word), out var name) ? Enum.Parse<SiteSource>(name) : null;

    public static string WordOf(SiteSource source) => JsonNameOf(source.ToString());

    private static string JsonNameOf(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    // Without case, accents, blanks and dashes: "Se busca en", "se_busca_en" and "SEBUSCAEN" are one word.
    private static string Plain(string? word) =>
        string.Concat(
            (word ?? "").Normalize(NormalizationForm.FormD).Where(c => char.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark && char.IsLetterOrDigit(c))
        ).ToLowerInvariant();

    private static Dictionary<string, string> Words(params (string Meaning, string Words)[] all) =>
        all.SelectMany(one => one.Words.Split(' ').Select(word => (word, one.Meaning))).ToDictionary(pair => pair.word, pair => pair.Meaning, StringComparer.Ordinal);
}

/// <summary>What a CSV file says about site rules: what could be read, and what is wrong with the rest, line by line.</summary>
/// <param name="Rows">The rules that could be read, in the order of the file.</param>
/// <param name="Faults">What could not, in the order of the file.</param>
public sealed record SitesImport(IReadOnlyList<ImportedRule> Rows, IReadOnlyList<ImportFault> Faults);

/// <summary>A rule of a file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="Rule">The rule.</param>
public sealed record ImportedRule(int Line, SiteRuleSettings Rule);

/// <summary>Something wrong with a file.</summary>
/// <param name="Line">Where, from 1; null = the file as a whole.</param>
/// <param name="Error">What; its texts name what was written there.</param>
public sealed record ImportFault(int? Line, Error Error);
