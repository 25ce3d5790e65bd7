using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;

namespace Sandbox.Freshchat.Webhooks;

/// <summary>
/// Sends what is due. First attempts of one conversation go out in order, one at a time; a repeat waits for nobody and may overtake
/// (freshchat.md 9.5). Conversations do not wait for each other. What waits is kept in memory, and in the rows for the next start.
/// </summary>
internal sealed class WebhookSender(
    IDbContextFactory<SandboxDb> databases,
    WebhookQueue queue,
    WebhookPost post,
    WebhookSpoiler spoiler,
    WebhookLog log,
    SwitchBoard switches,
    TimeProvider clock
) : BackgroundService
{
    private const int AtOnce = 128;
    private const int ManyLanes = 1_000;

    private readonly SemaphoreSlim _slots = new(AtOnce);
    private readonly ConcurrentDictionary<long, Task> _running = new();

    // The last first attempt of each conversation; touched by the loop alone.
    private readonly Dictionary<string, Task> _lanes = [];

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var writing = log.WriteAllAsync();
        try
        {
            var known = await StartWhatWasLeftAsync(stoppingToken);
            await foreach (var waiting in queue.Reader.ReadAllAsync(stoppingToken))
                if (waiting.Delivery.Sequence > known)
                    Start(waiting, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What still waits is sent by the next start.
        }
        await Task.WhenAll(_running.Values);
        log.Close();
        await writing;
    }

    // Returns the number of the newest row that it took over: what the queue has up to there is the same.
    private async Task<long> StartWhatWasLeftAsync(CancellationToken stopping)
    {
        await using var db = await databases.CreateDbContextAsync(stopping);
        var left = await db.Set<WebhookDelivery>()
            .AsNoTracking()
            .Where(d => d.Status == DeliveryStatus.Pending)
            .OrderBy(d => d.Sequence)
            .ToListAsync(stopping);
        foreach (var delivery in left)
            Start(new(delivery, queue.Life), stopping);
        return left.Count == 0 ? 0 : left[^1].Sequence;
    }

    private void Start(WebhookQueue.Waiting waiting, CancellationToken stopping)
    {
        var (delivery, life) = waiting;
        if (_lanes.Count > ManyLanes)
            foreach (var (conversation, last) in _lanes)
                if (last.IsCompleted)
                    _lanes.Remove(conversation);
        var before = _lanes.GetValueOrDefault(delivery.ConversationId, Task.CompletedTask);
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (delivery.Attempts == 0)
            _lanes[delivery.ConversationId] = first.Task;
        _running[delivery.Sequence] = Task.Run(
            async () =>
            {
                using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, life);
                try
                {
                    await DeliverAsync(delivery, before, first, either.Token);
                }
                catch (OperationCanceledException) when (either.IsCancellationRequested)
                {
                    // The row still waits for the next start, or a reset has taken it away.
                }
                finally
                {
                    first.TrySetResult();
                    _running.TryRemove(delivery.Sequence, out _);
                }
            },
            CancellationToken.None
        );
    }

    private async Task DeliverAsync(WebhookDelivery delivery, Task before, TaskCompletionSource first, CancellationToken cancel)
    {
        if (delivery.Attempts == 0)
        {
            await before.WaitAsync(cancel);
            if (delivery.MessageId is null && switches.Get(WebhookSwitches.StateEventsLate) is var late && late > TimeSpan.Zero)
            {
                first.TrySetResult();
                await Task.Delay(late, clock, cancel);
            }
            await spoiler.SpoilAsync(delivery, cancel);
            if (await switches.TakeAsync(WebhookSwitches.Lost, cancel))
                Record(delivery, new(null, "Lost on the way."));
            else
                await AttemptAsync(delivery, await switches.TakeAsync(WebhookSwitches.Duplicate, cancel), cancel);
            first.TrySetResult();
        }
        while (delivery.Status == DeliveryStatus.Pending)
        {
            if (delivery.DueTime - clock.GetUtcNow() is var pause && pause > TimeSpan.Zero)
                await Task.Delay(pause, clock, cancel);
            await AttemptAsync(delivery, twice: false, cancel);
        }
    }

    private async Task AttemptAsync(WebhookDelivery delivery, bool twice, CancellationToken cancel)
    {
        var copy = twice ? SendCopyAsync(delivery, delivery.Attempts, cancel) : Task.CompletedTask;
        Attempt attempt;
        await _slots.WaitAsync(cancel);
        try
        {
            attempt = await post.SendAsync(delivery, delivery.Attempts, cancel);
        }
        finally
        {
            _slots.Release();
        }
        Record(delivery, attempt);
        await copy;
    }

    // What comes of a copy changes nothing: the sender does not know that there are two.
    private async Task SendCopyAsync(WebhookDelivery delivery, int retry, CancellationToken cancel)
    {
        if (switches.Get(WebhookSwitches.DuplicatePause) is var pause && pause > TimeSpan.Zero)
            await Task.Delay(pause, clock, cancel);
        await post.SendAsync(delivery, retry, cancel);
    }

    private void Record(WebhookDelivery delivery, Attempt attempt)
    {
        var now = clock.GetUtcNow();
        var retry = delivery.Attempts + 1;
        delivery.Record(
            attempt,
            now,
            retry <= switches.Get(WebhookSwitches.RetryCount) ? now + switches.PauseBefore(retry) : null,
            switches.Get(WebhookSwitches.FailureMail)
        );
        log.Note(delivery);
    }
}
