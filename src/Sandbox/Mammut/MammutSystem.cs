using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut;

/// <summary>The simulated Mammut platform, under <c>/sandbox/mammut</c> (docs/contracts/mammut.md 10).</summary>
internal sealed class MammutSystem(TimeProvider clock) : ISimulatedSystem
{
    /// <summary>Number of the platform's own bot.</summary>
    public const long AlexId = 4120;

    private static readonly DateTimeOffset NumbersBegin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public void Seed(SandboxDb db)
    {
        var alex = new User { Id = AlexId };
        alex.Take(
            new JsonObject
            {
                ["user-type"] = "machine",
                ["name"] = "Alex",
                ["main-email"] = "alex@mammut.example.test",
            }
        );
        db.Add(alex);
        BeginNumbers(db, "MammutUsers", 730_000_000);
        BeginNumbers(db, "MammutRooms", 602_000_000);
        BeginNumbers(db, "MammutThoughts", 880_000_000);
        BeginNumbers(db, "MammutIssues", 190_000_000);
        BeginNumbers(db, "MammutEdges", 40_000_000);
    }

    // Each kind counts in a range of its own, and further on in every new file: a number a portal still remembers from an earlier life
    // of the sandbox must not name something else now. SQLite itself never gives a number out twice, not even after a reset.
    private void BeginNumbers(SandboxDb db, string table, long from)
    {
        var next = from + (long)(clock.GetUtcNow() - NumbersBegin).TotalSeconds;
        db.Database.ExecuteSql(
            $"INSERT INTO sqlite_sequence (name, seq) SELECT {table}, {next} WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = {table})"
        );
    }
}
