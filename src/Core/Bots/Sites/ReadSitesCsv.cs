using System.Globalization;
using System.Text;
using Core.Outcomes;
using CsvHelper;

namespace Core.Bots.Sites;

/// <summary>Reads site rules from CSV as spreadsheets write it, Excel in Spanish included. Pure; refuses nothing as a whole that can be read in part.</summary>
public static class ReadSitesCsv
{
    /// <summary>Largest file, in bytes: many times a full list.</summary>
    public const int Largest = 1024 * 1024;

    // What a person can read at once; further faults are of the same kinds.
    private const int MostFaults = 100;

    /// <summary>Reads a file: UTF-8 with or without mark, UTF-16 with one, else what Windows writes in western Europe.</summary>
    public static SitesImport Read(ReadOnlySpan<byte> file) =>
        file.Length > Largest ? Refused([], new Error("csv_too_large")) : Read(Decode(file));

    /// <summary>Reads a text, for example cells that were pasted.</summary>
    public static SitesImport Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > Largest)
            return Refused([], new Error("csv_too_large"));
        var (rows, lines, faults) = (new List<ImportedRule>(), new Dictionary<(SiteSource, string), int>(), new List<ImportFault>());
        // The separator is found out, or named by Excel's first line "sep=;"; a line with misplaced quotes is told and left out.
        var options = new CsvReaderOptions
        {
            HasHeader = false,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Skip,
            OnMalformedRecord = bad => faults.Add(new((int)bad.LineNumber, new Error("csv_quotes"))),
        };
        using var csv = CsvReader.FromText(text.TrimStart('\uFEFF'), options);
        try
        {
            if (!NextFilled(csv))
                return Refused(faults, new Error("csv_empty"));
            if (Headings(csv) is not { } columns)
                return Refused(faults, new Error("csv_columns_missing"));
            // What is beyond cannot be taken over anyway.
            while (rows.Count <= SiteRules.Most && NextFilled(csv))
                Row(csv, columns, rows, lines, faults);
        }
        catch (CsvFormatException unreadable)
        {
            faults.Add(new((int)unreadable.LineNumber, new Error("csv_quotes")));
        }
        if (rows.Count == 0 && faults.Count == 0)
            return Refused(faults, new Error("csv_empty"));
        if (rows.Count > SiteRules.Most)
            faults.Add(new(null, new Error("sites_too_many", "sites")));
        return new(rows, [.. faults.OrderBy(f => f.Line).Take(MostFaults)]);
    }

    // Spreadsheets leave lines of separators where cells were emptied.
    private static bool NextFilled(CsvReader csv)
    {
        while (csv.Read())
        {
            if (Enumerable.Range(0, csv.FieldCount).Any(i => !string.IsNullOrWhiteSpace(csv.GetString(i))))
                return true;
        }
        return false;
    }

    private static void Row(CsvReader csv, Dictionary<string, int> columns, List<ImportedRule> rows, Dictionary<(SiteSource, string), int> lines, List<ImportFault> faults)
    {
        var line = (int)csv.LineNumber;
        var (word, site, context) = (Cell(SitesCsv.Source), Cell(SitesCsv.SiteId), Cell(SitesCsv.Context));
        var source = SitesCsv.SourceOf(word);
        var fault =
            source is null ? new Error("csv_source_unknown").With("word", word)
            : site.Length == 0 ? new Error("site_id_required")
            : context.Length == 0 ? new Error("site_context_required")
            : site.Length > SiteRules.LongestText || context.Length > SiteRules.LongestText ? new Error("too_long")
            : !SiteRules.IsPlain(site) || !SiteRules.IsPlain(context) ? new Error("control_characters")
            : !lines.TryAdd((source.Value, site), line) ? new Error("csv_rule_twice").With("line", lines[(source.Value, site)].ToString(CultureInfo.InvariantCulture))
            : null;
        if (fault is null)
            rows.Add(new(line, new() { Source = source!.Value, SiteId = site, Context = context }));
        else if (faults.Count < MostFaults)
            faults.Add(new(line, fault));

        string Cell(string column) => columns.TryGetValue(column, out var at) && at < csv.FieldCount ? Unescaped(csv.GetString(at).Trim()) : "";
    }

    private static Dictionary<string, int>? Headings(CsvReader csv)
    {
        var columns = new Dictionary<string, int>();
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (SitesCsv.ColumnOf(csv.GetString(i)) is { } column)
                columns.TryAdd(column, i);
        }
        return columns.ContainsKey(SitesCsv.SiteId) && columns.ContainsKey(SitesCsv.Context) ? columns : null;
    }

    private static string Unescaped(string cell) => cell is ['\'', var next, ..] && SitesCsv.Formula.Contains(next, StringComparison.Ordinal) ? cell[1..] : cell;

    private static string Decode(ReadOnlySpan<byte> file)
    {
        if (file is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(file);
        if (file is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(file);
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file);
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(file);
        }
    }

    private static SitesImport Refused(IEnumerable<ImportFault> faults, Error error) => new([], [new(null, error), .. faults]);
}
