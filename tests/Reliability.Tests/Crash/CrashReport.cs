using System.Globalization;
using Support;

namespace Reliability.Tests.Crash;

/// <summary>What a run says of itself.</summary>
/// <param name="Title">Which database, on how many nodes.</param>
/// <param name="Seed">Of the run.</param>
/// <param name="Kills">How often a node was killed.</param>
/// <param name="Webhooks">Attempts to deliver a webhook.</param>
/// <param name="Account">The account of every message.</param>
/// <param name="Findings">What went wrong, with everything known about the conversation it happened in.</param>
internal sealed record CrashReport(string Title, int Seed, int Kills, int Webhooks, Account Account, IReadOnlyList<string> Findings)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "artifacts", "crash");

    /// <summary>One table.</summary>
    public string Table()
    {
        (string Name, object Value)[] columns =
        [
            ("messages", Account.Messages),
            ("answered", Account.Answered),
            ("with people", Account.Unanswered),
            ("webhooks", Webhooks),
            ("kills", Kills),
            ("take-overs", Account.TakeOvers),
            ("lost", Account.Count(Fault.Lost)),
            ("duplicated", Account.Count(Fault.Duplicated)),
            ("out of order", Account.Count(Fault.OutOfOrder)),
            ("after take-over", Account.Count(Fault.AfterTakeOver)),
            ("never taken", Account.NeverTaken),
            ("largest overshoot", Account.LargestOvershoot.ToString("0 ms", CultureInfo.InvariantCulture)),
        ];
        return $"Crash proof: {Title}, seed {Seed}\n"
            + string.Join(" | ", columns.Select(c => c.Name))
            + "\n"
            + string.Join(" | ", columns.Select(c => $"{c.Value}".PadLeft(c.Name.Length)))
            + "\n";
    }

    /// <summary>Leaves the table and the findings in <c>artifacts/crash</c>, and tells the table with the findings.</summary>
    public string Keep()
    {
        Keep(Title, "table", [Table()]);
        Keep(Title, "findings", Findings);
        return Table() + string.Join('\n', Account.Findings.Take(40).Select(f => $"{f.Fault}: {f.What}"));
    }

    /// <summary>Leaves something of a run in <c>artifacts/crash</c>.</summary>
    public static void Keep(string title, string what, IEnumerable<string> lines)
    {
        Directory.CreateDirectory(Folder);
        var name = title.Replace(",", "", StringComparison.Ordinal).Replace(' ', '-');
        File.WriteAllLines(Path.Combine(Folder, $"{name}.{what}.txt"), lines);
    }
}
