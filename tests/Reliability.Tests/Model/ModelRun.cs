using System.Globalization;
using CsCheck;
using Reliability.Tests.Model.Portal;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model;

/// <summary>The model as a program: so many random schedules, a count of what happened in them, and the shortest one that fails.</summary>
internal static class ModelRun
{
    public const string Command = "model";

    /// <summary>
    /// <c>--schedules N</c> how many, <c>--seed S</c> the first of them, as a failing run printed it, <c>--twice</c> plays each again and
    /// compares: the same schedule is the same story.
    /// </summary>
    public static int Main(string[] args)
    {
        using var oneThread = new OneThread();
        using var template = new Template();
        template.Make();
        var tally = new Tally();
        try
        {
            Generate.Schedules.Sample(
                schedule =>
                {
                    var world = Run.ToTheEnd(template, schedule);
                    tally.Add(world);
                    if (args.Contains("--twice") && Run.ToTheEnd(template, schedule).Watch.Story is var again && again != world.Watch.Story)
                        throw new InvariantBrokenException($"Played again, the schedule is another story.\n{world.Watch.Story}\n---\n{again}");
                },
                iter: int.Parse(Option(args, "--schedules") ?? "200", CultureInfo.InvariantCulture),
                seed: Option(args, "--seed"),
                threads: 1
            );
        }
        catch (CsCheckException e)
        {
            Console.WriteLine($"{e.Message}\n{e.InnerException?.Message}");
            Console.WriteLine($"{tally}; the invariant is broken");
            return 1;
        }
        Console.WriteLine($"{tally}; the invariant holds");
        return 0;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args.ElementAtOrDefault(at + 1) : null;
}
