using System.Diagnostics;
using System.Runtime.InteropServices;
using Support;

namespace Benchmarks.Servers;

/// <summary>The portal as an operator installs it: published for this kind of machine, so compiled before it starts.</summary>
internal static class PublishedPortal
{
    /// <summary>The program; there after <see cref="MakeAsync"/>.</summary>
    public static string Dll { get; } = Path.Combine(Repository.Root, "artifacts", "portal", "Portal.dll");

    /// <summary>Publishes what stands in the source tree.</summary>
    public static async Task MakeAsync()
    {
        // For somebody who measures again and again what has been published already.
        if (Environment.GetEnvironmentVariable("BENCHMARKS_PUBLISHED") is "1")
            return;
        string[] arguments =
        [
            "publish", "src/Portal", "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier,
            "-o", Path.GetDirectoryName(Dll)!, "-nodeReuse:false", "--nologo", "-v", "quiet",
        ];
        using var publish = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = Repository.Root })!;
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
            throw new InvalidOperationException("The portal could not be published.");
    }
}
