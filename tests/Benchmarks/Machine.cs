using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Support;

namespace Benchmarks;

/// <summary>Where the figures were taken, in one line.</summary>
internal static class Machine
{
    public static string Describe(string folder)
    {
        var processor = Field("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();
        var memory = Field("/proc/meminfo", "MemTotal")?.Split(' ')[0];
        var gibibytes = long.TryParse(memory, out var kib) ? $"{kib / 1024d / 1024:0} GiB" : "? GiB";
        return $"{Environment.ProcessorCount} cores, {processor}, {gibibytes} memory, Linux {Kernel()}, .NET {Environment.Version}, data on {FileSystem(folder)}";
    }

    /// <summary>Processor time that the whole machine has used, in seconds: what is more than ours was somebody else's.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(long.Parse).ToArray();
        // All but idle and waiting, in hundredths.
        return (fields.Take(8).Sum() - fields[3] - fields[4]) / 100d;
    }

    /// <summary>The commit that was measured; empty outside a working copy.</summary>
    public static string Commit()
    {
        var start = new ProcessStartInfo("git", ["-C", Repository.Root, "describe", "--always", "--dirty"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var git = Process.Start(start);
        return git?.StandardOutput.ReadToEnd().Trim() ?? "";
    }

    /// <summary>Today, for the table.</summary>
    public static string Date() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Kernel() => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    private static string? Field(string file, string name) =>
        File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();

    // The mount with the longest path that holds the folder.
    private static string FileSystem(string folder) =>
        File.ReadLines("/proc/mounts")
            .Select(line => line.Split(' '))
            .Where(mount => mount.Length > 2 && (folder + "/").StartsWith(mount[1].TrimEnd('/') + "/", StringComparison.Ordinal))
            .MaxBy(mount => mount[1].Length)?[2]
        ?? "an unknown file system";
}
