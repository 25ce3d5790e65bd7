using System.Diagnostics;

namespace Reliability.Tests.Model;

/// <summary>Random schedules of the real Core against simulated far sides, on a simulated clock: the invariant holds in each.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task Random_schedules_keep_the_invariant()
    {
        var schedules = Environment.GetEnvironmentVariable("MODEL_SCHEDULES") ?? "200";
        var program = Path.Combine(AppContext.BaseDirectory, "Reliability.Tests.dll");
        using var model = Process.Start(
            new ProcessStartInfo("dotnet", [program, ModelRun.Command, "--schedules", schedules]) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var errors = model.StandardError.ReadToEndAsync();
        var output = await model.StandardOutput.ReadToEndAsync();
        await model.WaitForExitAsync();

        TestContext.Current.SendDiagnosticMessage(output);
        Assert.True(model.ExitCode == 0, output + await errors);
    }
}
