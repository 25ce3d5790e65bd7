using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Core.Freshchat;

/// <summary>
/// Until when an account must be left alone. The limit belongs to the account, so one 429 holds back everything sent for it (freshchat.md 3.2):
/// an account is known by its App ID and by its token, of which it can only have one, so drafts and probes without an App ID share it.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="jitter">Between 0 and 1: what waits together should not return together. None in tests.</param>
public sealed class RateLimits(TimeProvider clock, Func<double>? jitter = null)
{
    private const double LargestJitter = 0.1;

    private readonly ConcurrentDictionary<string, DateTimeOffset> notBefore = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long the account must still be left alone, jitter included; null when it may be called.</summary>
    public TimeSpan? Remaining(FreshchatAccount account)
    {
        var now = clock.GetUtcNow();
        TimeSpan? longest = null;
        foreach (var key in Keys(account))
        {
            if (!notBefore.TryGetValue(key, out var until))
                continue;
            if (until <= now)
                notBefore.TryRemove(KeyValuePair.Create(key, until));
            else if (longest is null || until - now > longest)
                longest = until - now;
        }
        return longest * (1 + LargestJitter * (jitter?.Invoke() ?? 0));
    }

    /// <summary>Holds the account back; a shorter wait never replaces a longer one.</summary>
    public void HoldBack(FreshchatAccount account, TimeSpan wait)
    {
        var until = clock.GetUtcNow() + wait;
        foreach (var key in Keys(account))
            notBefore.AddOrUpdate(key, until, (_, known) => known > until ? known : until);
    }

    private static IEnumerable<string> Keys(FreshchatAccount account)
    {
        // A fingerprint, so that no token lies in a dictionary for as long as the process lives.
        yield return "token:" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(FreshchatAccount.CleanToken(account.ApiToken))));
        if (!string.IsNullOrWhiteSpace(account.AppId))
            yield return "app:" + account.AppId.Trim();
    }
}
