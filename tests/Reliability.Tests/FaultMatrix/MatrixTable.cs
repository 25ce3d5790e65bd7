using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Support;

namespace Reliability.Tests.FaultMatrix;

/// <summary>Collects what the rows came to, and writes the table of the documentation when all of them have been run for it.</summary>
public sealed class MatrixTable : IAsyncDisposable
{
    private readonly ConcurrentBag<RowResult> _results = [];

    internal void Add(RowResult result) => _results.Add(result);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (FaultMatrixTests.Choice != "write" || _results.Count < FaultRows.All.Count)
            return;
        await File.WriteAllTextAsync(Path.Combine(Repository.Root, "docs", "fault-matrix.md"), Text());
    }

    private string Text()
    {
        var text = new StringBuilder(
            """
            # The fault matrix

            Every switch of the sandbox, turned while the main job is done on a real portal: a customer asks what the bot knows, another one asks
            what it does not know, and in a third conversation a person takes over and the customer writes again. The fault lasts until the job
            is done, at most 2.5 s; *to recover* counts from its end until the job is done and a new customer has an answer. Each row also asserts
            that nothing is said or posted twice, that every customer gets a reply or people, and that the bot is silent after the take-over. Rows
            at `relay` run in Relay mode, where the platform's own cloud answers and the portal only passes webhooks on: no person takes over there.
            *hand-over* is what reading the conversation back after the assignment showed.

            Written by `./test faults`. Settings that differ from production: time-outs 2 s, answer wait 2 s, answer deadline 10 s, no quiet window,
            webhooks repeated after 0.3, 0.7, 1.5, 3 and 5 s. A count of -1 concerns everything until it is turned off. Seconds depend on the machine.

            | switch | the fault | the customer sees | the admin sees | to recover |
            |---|---|---|---|---|

            """
        );
        foreach (var result in _results.OrderBy(r => FaultRows.All.ToList().IndexOf(r.Row)))
        {
            var broken = result.Violations.Count > 0 ? $" **BROKEN: {string.Join("; ", result.Violations)}**" : "";
            text.Append(
                CultureInfo.InvariantCulture,
                $"| `{result.Row.Name}` | {result.Fault} | {result.Customer}{broken} | {result.Admin} | {result.Seconds:F0} s |\n"
            );
        }
        return text.ToString();
    }
}
