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

    /// <summary><c>--schedules N</c> how many, <c>--seed S</c> the first of them, as a failing run printed it.</summary>
    public static int Main(string[] args)
    {
        using var oneThread = new OneThread();
        using var template = new Template();
        template.Make();
        var tally = new Tally();
        try
        {
            Generate.Schedules.Sample(
                schedule => tally.Add(Run.ToTheEnd(template, schedule)),
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
