using System.Text;
using Support;

namespace Benchmarks;

/// <summary>The outcome of one command: a table, sentences about how it was taken, and the machine.</summary>
internal sealed class Report(string name, string title, string machine, params string[] columns)
{
    private const int WidestColumn = 60;

    private readonly List<string[]> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>Adds a row of the table.</summary>
    public void Row(params string[] cells) => _rows.Add(cells);

    /// <summary>Adds a sentence that belongs to the figures.</summary>
    public void Note(string sentence) => _notes.Add(sentence);

    /// <summary>Shows everything on the console.</summary>
    public void Print() => Console.WriteLine(Text());

    /// <summary>Renews this command's part of <c>docs/performance.md</c>, between its markers.</summary>
    public void Write()
    {
        var file = Path.Combine(Repository.Root, "docs", "performance.md");
        var page = File.Exists(file) ? File.ReadAllText(file) : "# Performance\n";
        var (open, close) = ($"<!-- {name} -->", $"<!-- /{name} -->");
        var part = $"{open}\n## {title}\n\n{Text()}{close}";
        var (from, to) = (page.IndexOf(open, StringComparison.Ordinal), page.IndexOf(close, StringComparison.Ordinal));
        page = from >= 0 && to > from ? page[..from] + part + page[(to + close.Length)..] : page.TrimEnd() + $"\n\n{part}\n";
        File.WriteAllText(file, page);
    }

    private string Text()
    {
        var text = new StringBuilder();
        Append(text, columns);
        text.Append('|').Append(string.Concat(columns.Select((_, i) => new string('-', Width(i) + 2) + "|"))).Append('\n');
        foreach (var row in _rows)
            Append(text, row);
        text.Append('\n');
        foreach (var note in _notes)
            text.Append("- ").Append(note).Append('\n');
        return $"{text}\n{Machine.Date()}, commit {Machine.Commit()}: {machine}\n";
    }

    private void Append(StringBuilder text, string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
            text.Append("| ").Append(cells[i].PadRight(Width(i))).Append(' ');
        text.Append("|\n");
    }

    private int Width(int column) => Math.Min(WidestColumn, _rows.Append(columns).Max(row => row[column].Length));
}
