using Microsoft.EntityFrameworkCore;
using Sandbox.Control;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>
/// Sends what is due. First attempts of one conversation go out in order, one at a time; a repeat waits for nobody and may overtake
/// (freshchat.md 9.5). Conversations do not wait for each other.
/// </summary>
internal sealed class WebhookSender(
    IDbContextFactory<SandboxDb> databases,
    WebhookQueue queue,
    WebhookPost post,
    SwitchBoard switches,
    TimeProvider clock,
    ILogger<WebhookSender> log
) : BackgroundService
{
    private const int AtOnce = 32;
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    // Touched by the loop alone.
    private readonly List<Running> _running = [];

    private sealed record Running(long Sequence, string? FirstOf, Task Task);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var bell = queue.Bell(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            _running.RemoveAll(r => r.Task.IsCompleted);
            if (bell.IsCompleted)
                bell = queue.Bell(stoppingToken);
            var next = await StartWhatIsDueAsync(stoppingToken);
            await WaitAsync(bell, next, stoppingToken);
        }
        await Task.WhenAll(_running.Select(r => r.Task));
    }

    // Returns when the next delivery becomes due; null when nothing waits for the clock.
    private async Task<DateTimeOffset?> StartWhatIsDueAsync(CancellationToken cancel)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            var pending = await db.Set<WebhookDelivery>()
                .AsNoTracking()
                .Where(d => d.Status == DeliveryStatus.Pending)
                .OrderBy(d => d.Sequence)
                .Select(d => new
                {
                    d.Sequence,
                    d.ConversationId,
                    d.Attempts,
                    d.DueTime,
                })
                .ToListAsync(cancel);
            var now = clock.GetUtcNow();
            foreach (var one in pending.Where(d => d.DueTime <= now && _running.All(r => r.Sequence != d.Sequence)))
            {
                var firstOf = one.Attempts == 0 ? one.ConversationId : null;
                if (_running.Count < AtOnce && (firstOf is null || _running.All(r => r.FirstOf != firstOf)))
                    _running.Add(new(one.Sequence, firstOf, AttemptAsync(one.Sequence, cancel)));
            }
            return pending.Where(d => d.DueTime > now).Min(d => (DateTimeOffset?)d.DueTime);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            log.LogError(e, "The waiting webhooks cannot be read.");
            return clock.GetUtcNow() + AfterTrouble;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task WaitAsync(Task bell, DateTimeOffset? until, CancellationToken stopping)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var pause = until is { } due
            ? TimeSpan.FromTicks(Math.Max(0, (due - clock.GetUtcNow()).Ticks))
            : Timeout.InfiniteTimeSpan;
        var alarm = Task.Delay(pause, clock, waiting.Token);
        await Task.WhenAny([bell, alarm, .. _running.Select(r => r.Task)]);
        await waiting.CancelAsync();
    }

    private async Task AttemptAsync(long sequence, CancellationToken cancel)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancel);
            if (await db.Set<WebhookDelivery>().FindAsync([sequence], cancel) is not { } delivery)
                return;
            var attempt = await post.SendAsync(delivery, cancel);
            var now = clock.GetUtcNow();
            var retry = delivery.Attempts + 1;
            delivery.Record(
                attempt,
                now,
                retry <= switches.Get(FreshchatSwitches.RetryCount) ? now + switches.PauseBefore(retry) : null
            );
            // The receiver has it: what came of it is written down even while the sandbox stops.
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The row still waits; the next start sends it.
        }
        catch (DbUpdateConcurrencyException)
        {
            // A reset took the row away meanwhile.
        }
        catch (Exception e)
        {
            log.LogError(e, "Webhook {Sequence} could not be recorded; it is sent again.", sequence);
            await Task.Delay(AfterTrouble, clock, CancellationToken.None);
        }
    }
}
