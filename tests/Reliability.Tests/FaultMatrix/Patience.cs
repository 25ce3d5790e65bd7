using System.Diagnostics;

namespace Reliability.Tests.FaultMatrix;

/// <summary>Waits for what happens, and says whether it did.</summary>
internal static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Long enough for everything, even on a busy machine.</summary>
    public static TimeSpan Long { get; } = TimeSpan.FromSeconds(60);

    public static async Task<bool> UntilAsync(Func<Task<bool>> right, TimeSpan longest)
    {
        var since = Stopwatch.StartNew();
        while (!await right())
        {
            if (since.Elapsed > longest)
                return false;
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
        return true;
    }
}
