using Core.Storage;
using Core.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Turns;

/// <summary>
/// Woken by the bell: gives stored webhooks their meaning, in the order in which they came, and sets a worker on each conversation
/// that has something to do - one at a time per conversation, many conversations at once. Now and then it looks for work that nobody
/// does: of a node that is gone, or after a fault.
/// </summary>
internal sealed partial class DeliveryWorker(
    ApplyDeliveries apply,
    ConversationWorker conversations,
    FindUnattended unattended,
    Inbox inbox,
    DeliveryBell bell,
    ChangeFeed feed,
    Lease lease,
    TimeProvider clock,
    ILogger<DeliveryWorker> log
) : BackgroundService
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(1);

    // The host gives ten seconds: requests under way may end by themselves, then they are cut.
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(8);

    // Senders give up after three seconds, customers wait a little longer: in a flood storing goes first, but never alone.
    private const int Flood = 24;
    private static readonly TimeSpan StepBack = TimeSpan.FromMilliseconds(10);
    private const int MostStepsBack = 10;

    private readonly Lock _lock = new();

    // True = woken again while it worked, so it must look once more before it may stop.
    private readonly Dictionary<long, bool> _working = [];
    private readonly HashSet<Task> _tasks = [];
    private readonly CancellationTokenSource _abort = new();

    /// <summary>How many conversations are worked on now.</summary>
    public int Working
    {
        get
        {
            lock (_lock)
                return _working.Count;
        }
    }

    public override void Dispose()
    {
        _abort.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lease.VoidAllAsync(stoppingToken);
        // A bot that has changed may have a new token, and what the old one held goes on.
        using var changes = feed.Subscribe(change =>
        {
            if (change.Kind is ChangeKind.Settings)
                bell.Ring();
        });
        var looked = (DateTimeOffset?)null;
        using var ringing = clock.CreateTimer(_ => bell.Ring(), null, lease.RenewEvery, lease.RenewEvery);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                // However much there is to apply: leases are renewed, and who was woken otherwise is not forgotten.
                var more = false;
                IReadOnlyList<long?> touched;
                while (!more && (touched = await apply.NextAsync(stoppingToken)).Count > 0)
                {
                    Wake(touched.OfType<long>().Distinct(), stoppingToken);
                    for (var steps = 0; inbox.Depth >= Flood && steps < MostStepsBack; steps++)
                        await clock.Delay(StepBack, stoppingToken);
                    more = looked is null || clock.GetUtcNow() - looked >= lease.RenewEvery;
                }
                Wake(bell.Woken(), stoppingToken);
                Wake(await unattended.ReleasedAsync(stoppingToken), stoppingToken);
                var now = clock.GetUtcNow();
                if (looked is null || now - looked >= lease.RenewEvery)
                {
                    looked = now;
                    await lease.RenewAsync(stoppingToken);
                    Wake(await unattended.FindAsync(stoppingToken), stoppingToken);
                }
                if (!more)
                    await bell.HeardAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
                // A stop while it waits must still await the conversations below.
                await Task.Delay(AfterFault, clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        using var end = clock.CreateTimer(_ => _abort.Cancel(), null, ToEnd, Timeout.InfiniteTimeSpan);
        await Task.WhenAll(Running()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private void Wake(IEnumerable<long> woken, CancellationToken stopping)
    {
        foreach (var conversation in woken)
        {
            lock (_lock)
            {
                if (_working.ContainsKey(conversation))
                {
                    _working[conversation] = true;
                    continue;
                }
                _working[conversation] = false;
                var task = WorkAsync(conversation, stopping);
                _tasks.Add(task);
            }
        }
        lock (_lock)
            _tasks.RemoveWhere(t => t.IsCompleted);
    }

    private async Task WorkAsync(long conversationId, CancellationToken stopping)
    {
        await Task.Yield();
        var again = true;
        while (again)
        {
            var failed = false;
            try
            {
                await conversations.RunAsync(conversationId, stopping, _abort.Token);
            }
            catch (Exception) when (!stopping.IsCancellationRequested)
            {
                // It has been logged, and has waited: without a pause a database that is gone would be asked without end.
                failed = true;
            }
            catch (Exception)
            {
                // Stopping: the next start goes on.
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

    private Task[] Running()
    {
        lock (_lock)
            return [.. _tasks];
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stored webhooks could not be applied and are tried again")]
    private partial void Failed(Exception e);
}
