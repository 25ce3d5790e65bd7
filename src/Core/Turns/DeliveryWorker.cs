using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Turns;

/// <summary>
/// Woken by the bell: gives stored webhooks their meaning, in the order in which they came, and sets a worker on each conversation
/// that has something to do - one at a time per conversation, many conversations at once.
/// </summary>
internal sealed partial class DeliveryWorker(
    ApplyDeliveries apply,
    ConversationWorker conversations,
    DeliveryBell bell,
    ChangeFeed feed,
    PortalStore store,
    Lease lease,
    TimeProvider clock,
    ILogger<DeliveryWorker> log
) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();

    // True = woken again while it worked, so it must look once more before it may stop.
    private readonly Dictionary<long, bool> _working = [];
    private readonly HashSet<Task> _tasks = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lease.VoidAllAsync(stoppingToken);
        foreach (var conversation in await UnfinishedAsync(stoppingToken))
            Wake(conversation, stoppingToken);
        // A bot that has changed may have a new token, and what the old one held goes on.
        using var changes = feed.Subscribe(change =>
        {
            if (change.ConversationId is null)
                bell.Ring();
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                IReadOnlyList<long?> touched;
                while ((touched = await apply.NextAsync(stoppingToken)).Count > 0)
                {
                    foreach (var conversation in touched.OfType<long>().Distinct())
                        Wake(conversation, stoppingToken);
                }
                foreach (var conversation in await ReleasedAsync(stoppingToken))
                    Wake(conversation, stoppingToken);
                await bell.HeardAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
                // A stop while it waits must still await the conversations below.
                await Task.Delay(AfterFault, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        await Task.WhenAll(Running()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<List<long>> UnfinishedAsync(CancellationToken cancel)
    {
        await using var db = store.Read();
        var waiting = db.Deliveries.Where(d => d.Status == DeliveryStatus.Waiting && d.ConversationId != null).Select(d => d.ConversationId!.Value);
        var turns = db.Turns.Where(t => t.EndedAt == null).Select(t => t.ConversationId);
        var halted = db.Conversations.Where(c => c.RoomHalted && c.Owner == Owner.Bot).Select(c => c.Id);
        return await waiting.Union(turns).Union(halted).ToListAsync(cancel);
    }

    private async Task<List<long>> ReleasedAsync(CancellationToken cancel)
    {
        await using var db = store.Read();
        return await db.Turns.Where(t => t.EndedAt == null && t.Stage == TurnStage.Held && db.Bots.Any(b => b.Id == t.BotId && b.TokenRefusedAt == null))
            .Select(t => t.ConversationId)
            .ToListAsync(cancel);
    }

    private void Wake(long conversationId, CancellationToken stopping)
    {
        lock (_lock)
        {
            if (_working.ContainsKey(conversationId))
            {
                _working[conversationId] = true;
                return;
            }
            _working[conversationId] = false;
            var task = Task.Run(() => WorkAsync(conversationId, stopping), CancellationToken.None);
            _tasks.Add(task);
            task.ContinueWith(Forget, TaskScheduler.Default);
        }
    }

    private async Task WorkAsync(long conversationId, CancellationToken stopping)
    {
        var again = true;
        while (again)
        {
            var failed = false;
            try
            {
                await conversations.RunAsync(conversationId, stopping);
            }
            catch (Exception) when (!stopping.IsCancellationRequested)
            {
                // Without a pause a database that is gone would be asked as fast as the processor can.
                failed = true;
                await Task.Delay(AfterFault, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException)
            {
                failed = false;
            }
            lock (_lock)
            {
                again = (failed || _working[conversationId]) && !stopping.IsCancellationRequested;
                if (again)
                    _working[conversationId] = false;
                else
                    _working.Remove(conversationId);
            }
        }
    }

    private void Forget(Task task)
    {
        lock (_lock)
            _tasks.Remove(task);
    }

    private Task[] Running()
    {
        lock (_lock)
            return [.. _tasks];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored webhooks could not be applied and are tried again")]
    private partial void Failed(Exception e);
}
