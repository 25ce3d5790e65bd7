using System.Diagnostics;

namespace Support;

/// <summary>Waits for what happens, not for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Asks again and again until the answer is <paramref name="right"/>, and tells that answer.</summary>
    public static async Task<T> BecomesAsync<T>(Func<Task<T>> ask, Func<T, bool> right, string what)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(right);
        var since = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (right(answer))
                return answer;
            if (since.Elapsed > Patience)
                throw new TimeoutException($"{what}: still {answer}");
            await Task.Delay(Pause, TimeProvider.System, CancellationToken.None);
        }
    }

    /// <inheritdoc cref="BecomesAsync{T}" />
    public static Task BecomesAsync(Func<bool> right, string what)
    {
        ArgumentNullException.ThrowIfNull(right);
        return BecomesAsync(() => Task.FromResult(right()), answer => answer, what);
    }
}
