using Support;

namespace Reliability.Tests.FaultMatrix;

/// <summary>
/// The main job under every fault the sandbox can play. <c>./test</c> runs the short rows; <c>./test faults</c> runs all and writes
/// <c>docs/fault-matrix.md</c>. <c>FAULT_MATRIX</c> holds <c>write</c>, <c>all</c>, or a part of a row's name to run that row alone.
/// </summary>
public sealed class FaultMatrixTests(MatrixTable table, ITestOutputHelper output) : IClassFixture<MatrixTable>
{
    internal static string Choice { get; } = Environment.GetEnvironmentVariable("FAULT_MATRIX") ?? "";

    public static TheoryData<string> Chosen =>
        [
            .. FaultRows
                .All.Where(r => Choice is "write" or "all" || (Choice.Length > 0 ? r.Name.Contains(Choice, StringComparison.Ordinal) : r.Short))
                .Select(r => r.Name),
        ];

    [Theory]
    [MemberData(nameof(Chosen))]
    public async Task The_main_job_survives(string row)
    {
        var result = await MatrixRun.RunAsync(FaultRows.All.Single(r => r.Name == row));
        table.Add(result);
        output.WriteLine($"customer: {result.Customer}");
        output.WriteLine($"admin: {result.Admin}");
        output.WriteLine($"recovered after {result.Seconds:F1} s");
        Assert.Empty(result.Violations);
    }

    [Fact]
    public async Task Every_switch_of_the_sandbox_has_a_row()
    {
        await using var portal = await RunningPortal.StartAsync();
        var switches = await new SandboxSide(portal.Http).SwitchesAsync();

        Assert.Equal(
            switches.Select(s => $"{s["system"]}/{s["name"]}").Order(StringComparer.Ordinal),
            FaultRows.All.Select(r => r.Switch).Concat(FaultRows.NoFaults).Distinct().Order(StringComparer.Ordinal)
        );
    }
}
