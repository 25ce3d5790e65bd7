using System.Globalization;
using CsvHelper;

namespace Core.Bots.Sites;

/// <summary>Writes site rules as CSV that a spreadsheet opens by double click and <see cref="ReadSitesCsv"/> reads back unchanged. Pure.</summary>
public static class WriteSitesCsv
{
    /// <summary>The rules in order, as UTF-8 with a mark, separated as the reader's spreadsheet expects it.</summary>
    public static byte[] Write(IEnumerable<SiteRuleSettings> rules, CultureInfo reader)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(reader);
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { Separator = Separator(reader), WriteByteOrderMark = true }, leaveOpen: true))
        {
            Line(csv, SitesCsv.Source, SitesCsv.SiteId, SitesCsv.Context);
            foreach (var rule in rules)
                Line(csv, SitesCsv.WordOf(rule.Source), Escaped(rule.SiteId.Trim()), Escaped(rule.Context.Trim()));
        }
        return file.ToArray();
    }

    private static void Line(CsvWriter csv, params string[] cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell);
        csv.EndRecord();
    }

    // Customers choose some of these values: none of them becomes a formula on an admin's desk.
    private static string Escaped(string cell) => cell.Length > 0 && SitesCsv.Formula.Contains(cell[0], StringComparison.Ordinal) ? "'" + cell : cell;

    // A comma that is no decimal comma separates; elsewhere spreadsheets use the semicolon.
    private static char Separator(CultureInfo reader) => reader.NumberFormat.NumberDecimalSeparator == "," ? ';' : ',';
}
