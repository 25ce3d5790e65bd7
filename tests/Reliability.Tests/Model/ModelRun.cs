using System.Globalization;
using CsCheck;
using Reliability.Tests.Model.Portal;
using Reliability.Tests.Model.Portal.PostgreSql;
using Reliability.Tests.Model.Portal.Sqlite;
using Reliability.Tests.Model.Schedules;
using Reliability.Tests.Model.Simulation;
using Support;

namespace Reliability.Tests.Model;

/// <summary>The model as a program: so many random schedules, a count of what happened in them, and the shortest one that fails.</summary>
internal static class ModelRun
{
    public const string Command = "model";
    public const string Sqlite = "sqlite";
    public const string Postgres = "postgresql";

    /// <summary>
    /// <c>--schedules N</c> how many, <c>--database sqlite|postgresql</c> on which, without it one in five on PostgreSQL with several
    /// nodes; <c>--seed S</c> the first of them, as a failing run printed it, <c>--twice</c> plays each again and compares: the same
    /// schedule is the same story.
    /// </summary>
    public static int Main(string[] args)
    {
        var schedules = int.Parse(Option(args, "--schedules") ?? "200", CultureInfo.InvariantCulture);
        using var oneThread = new OneThread();
        return Option(args, "--database") switch
        {
            null when PostgresServer.Missing is null => Math.Max(
                PlayOnSqlite(args, schedules - schedules / 5),
                schedules < 5 ? 0 : PlayOnPostgres(args, schedules / 5)
            ),
            null or Sqlite => PlayOnSqlite(args, schedules),
            Postgres => PlayOnPostgres(args, schedules),
            var other => throw new ArgumentException($"There is no model on {other}."),
        };
    }

    private static int PlayOnSqlite(string[] args, int schedules)
    {
        using var template = new SqliteTemplate();
        return Play(args, template, Generate.OneNode, schedules, Sqlite);
    }

    private static int PlayOnPostgres(string[] args, int schedules)
    {
        using var template = new PostgresTemplate();
        return Play(args, template, Generate.ManyNodes, schedules, Postgres);
    }

    private static int Play(string[] args, Template template, Gen<Schedule> generate, int schedules, string database)
    {
        var tally = new Tally();
        try
        {
            generate.Sample(
                schedule =>
                {
                    var world = Run.ToTheEnd(template, schedule);
                    tally.Add(world);
                    if (args.Contains("--twice") && Run.ToTheEnd(template, schedule).Watch.Story is var again && again != world.Watch.Story)
                        throw new InvariantBrokenException($"Played again, the schedule is another story.\n{world.Watch.Story}\n---\n{again}");
                },
                iter: schedules,
                seed: Option(args, "--seed"),
                threads: 1
            );
        }
        catch (CsCheckException e)
        {
            Console.WriteLine($"{e.Message}\n{e.InnerException?.Message}");
            Console.WriteLine($"{database}: {tally}; the invariant is broken. Again: ./test model --schedules 1 --database {database} --seed …");
            return 1;
        }
        Console.WriteLine($"{database}: {tally}; the invariant holds");
        return 0;
    }

    private static string? Option(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at ? args.ElementAtOrDefault(at + 1) : null;
}
