using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;

namespace Portal.Webhooks;

/// <summary>Section <c>Webhooks</c> (docs/contracts/portal.md 2).</summary>
internal sealed class WebhookOptions
{
    public const string Section = "Webhooks";

    /// <summary>Rejected requests per source address and webhook and minute before 429.</summary>
    public int RejectedPerMinute { get; set; } = 60;
}

/// <summary>
/// Counts rejections per source address and webhook in windows of a minute. Asked after the verdict, which the framework's limiters
/// cannot do with a replaceable clock.
/// </summary>
internal sealed class RejectionLimit(IOptions<WebhookOptions> options, TimeProvider clock)
{
    /// <summary>What all unknown webhook ids count as.</summary>
    public const string Unknown = "?";

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    private const int MostWindows = 10_000;

    private readonly ConcurrentDictionary<(IPAddress?, string), (DateTimeOffset Until, int Count)> _windows = new();

    public bool Allows(IPAddress? source, string webhookId, out TimeSpan retryAfter)
    {
        var now = clock.GetUtcNow();
        if (_windows.Count > MostWindows)
            Forget(now);
        var window = _windows.AddOrUpdate(
            (source, webhookId),
            _ => (now + Window, 1),
            (_, w) => w.Until <= now ? (now + Window, 1) : (w.Until, w.Count + 1)
        );
        retryAfter = window.Until - now;
        return window.Count <= options.Value.RejectedPerMinute;
    }

    // Addresses are cheap to an attacker: what has run out is dropped, and in the worst case everything is.
    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, window) in _windows)
        {
            if (window.Until <= now)
                _windows.TryRemove(key, out _);
        }
        if (_windows.Count > MostWindows)
            _windows.Clear();
    }
}
