using System.Diagnostics;
using Support;

namespace Reliability.Tests.Model;

/// <summary>Random schedules of the real Core against simulated far sides, on a simulated clock: the invariant holds in each.</summary>
public sealed class ModelTests
{
    [Fact]
    public Task Random_schedules_keep_the_invariant() => HoldsAsync(ModelRun.Sqlite, Environment.GetEnvironmentVariable("MODEL_SCHEDULES") ?? "200");

    [Fact]
    public async Task Random_schedules_on_several_nodes_keep_the_invariant()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        await HoldsAsync(ModelRun.Postgres, "40");
    }

    private static async Task HoldsAsync(string database, string schedules)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Reliability.Tests.dll");
        string[] arguments = [program, ModelRun.Command, "--schedules", schedules, "--database", database];
        using var model = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = model.StandardError.ReadToEndAsync();
        var output = await model.StandardOutput.ReadToEndAsync();
        await model.WaitForExitAsync();

        TestContext.Current.SendDiagnosticMessage(output);
        Assert.True(model.ExitCode == 0, output + await errors);
    }
}
