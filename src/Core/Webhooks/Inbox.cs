using System.Threading.Channels;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Webhooks;

/// <summary>
/// Stores verified webhooks. Requests that wait together share one transaction (group commit); each is told only after the commit.
/// When too many wait, or the database does not take them, the caller hears it at once and Freshchat retries: never a slow 200, and
/// never more memory than the bounds below.
/// </summary>
public sealed partial class Inbox(PortalStore store, DeliveryBell bell, ChangeFeed feed, TimeProvider clock, ILogger<Inbox> log) : BackgroundService
{
    private const int MostWaiting = 2_000;
    private const long MostBytesWaiting = 64 * 1024 * 1024;
    private const int MostTogether = 256;

    // While some are being committed the next one waits for its turn, and still takes in what arrives.
    private const int Batches = 3;
    private readonly SemaphoreSlim _batches = new(Batches);
    private readonly SemaphoreSlim _open = new(1);

    // A bot's latest event is shown to people: no need to write it down more often.
    private static readonly TimeSpan SeenEvery = TimeSpan.FromSeconds(1);

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait }
    );
    private readonly Dictionary<Guid, DateTimeOffset> _seen = [];
    private long _bytesWaiting;
    private int _depth;

    /// <summary>True while the writer runs; part of readiness.</summary>
    public bool Running { get; private set; }

    /// <summary>How many webhooks wait for their acknowledgement.</summary>
    public int Depth => Volatile.Read(ref _depth);

    /// <summary>Stores a webhook, whose bytes nobody may change any more, and answers when that is committed.</summary>
    public Task<StoreOutcome> StoreAsync(StoredWebhook webhook, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var waiting = new Waiting(webhook, new(TaskCreationOptions.RunContinuationsAsynchronously));
        Interlocked.Increment(ref _depth);
        if (Interlocked.Add(ref _bytesWaiting, webhook.Body.Length) <= MostBytesWaiting && _waiting.Writer.TryWrite(waiting))
            return waiting.Told.Task.WaitAsync(cancel);
        Tell(waiting, StoreOutcome.Overloaded);
        return waiting.Told.Task;
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _batches.Dispose();
        _open.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Running = true;
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                await _batches.WaitAsync(stoppingToken);
                await _open.WaitAsync(CancellationToken.None);
                // The batch before may have taken in everything meanwhile.
                if (_waiting.Reader.Count > 0)
                {
                    _ = StoreWaitingAsync();
                    continue;
                }
                _open.Release();
                _batches.Release();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is still waiting was never acknowledged, so Freshchat sends it again.
        }
        finally
        {
            Running = false;
            // What is being stored is acknowledged before the portal stops.
            for (var under = 0; under < Batches; under++)
                await _batches.WaitAsync(CancellationToken.None);
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var left))
                Tell(left, StoreOutcome.Unavailable);
        }
    }

    private async Task StoreWaitingAsync()
    {
        var together = new List<Waiting>();
        var closed = false;
        try
        {
            // Not cancelled by a stop: it is short, and senders wait for it.
            var isNew = await store.InsertAsync(Take, CancellationToken.None);
            for (var i = 0; i < together.Count; i++)
                Tell(together[i], isNew[i] ? StoreOutcome.Stored : StoreOutcome.Duplicate);
            bell.Ring();
            await SeenAsync(together);
        }
        catch (Exception e)
        {
            // The database may have been gone before it asked for them.
            Take();
            NotStored(e, together.Count);
            foreach (var waiting in together)
                Tell(waiting, StoreOutcome.Unavailable);
        }
        finally
        {
            Close();
            _batches.Release();
        }

        void Close()
        {
            if (!closed)
                _open.Release();
            closed = true;
        }

        // A second try stores the same ones.
        IReadOnlyList<StoredWebhook> Take()
        {
            if (together.Count == 0)
                while (together.Count < MostTogether && _waiting.Reader.TryRead(out var next))
                    together.Add(next);
            Close();
            return [.. together.Select(w => w.Webhook)];
        }
    }

    // After the acknowledgement: it may be late by a second, and nobody loses anything when it fails.
    private async Task SeenAsync(List<Waiting> together)
    {
        var now = clock.GetUtcNow();
        foreach (var bot in together.Select(w => w.Webhook.Delivery.BotId).Distinct())
        {
            feed.AnnounceEvents(bot);
            lock (_seen)
            {
                if (_seen.TryGetValue(bot, out var last) && now - last < SeenEvery)
                    continue;
                _seen[bot] = now;
            }
            try
            {
                var at = now.ToUnixTimeMilliseconds();
                await store.WriteLockingAsync(
                    db =>
                        db.Database.ExecuteSqlAsync(
                            $"""
                            insert into "BotActivity" ("BotId", "FirstEventAt", "LastEventAt") values ({bot}, {at}, {at})
                            on conflict ("BotId") do update set "LastEventAt" = excluded."LastEventAt"
                            """
                        ),
                    CancellationToken.None
                );
                feed.AnnounceEvents(bot);
            }
            catch (Exception e)
            {
                lock (_seen)
                    _seen.Remove(bot);
                NotSeen(e, bot);
            }
        }
    }

    private void Tell(Waiting waiting, StoreOutcome outcome)
    {
        Interlocked.Decrement(ref _depth);
        Interlocked.Add(ref _bytesWaiting, -waiting.Webhook.Body.Length);
        waiting.Told.TrySetResult(outcome);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks could not be stored and were refused, so that Freshchat sends them again")]
    private partial void NotStored(Exception e, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The latest event of bot {BotId} could not be written down")]
    private partial void NotSeen(Exception e, Guid botId);

    private sealed record Waiting(StoredWebhook Webhook, TaskCompletionSource<StoreOutcome> Told);
}

/// <summary>What became of a webhook that was to be stored.</summary>
public enum StoreOutcome
{
    /// <summary>Committed.</summary>
    Stored,

    /// <summary>Already there; counted on the first row.</summary>
    Duplicate,

    /// <summary>Too many are waiting.</summary>
    Overloaded,

    /// <summary>The database did not take it.</summary>
    Unavailable,
}
