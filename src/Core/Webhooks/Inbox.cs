using System.Threading.Channels;
using Core.Bots;
using Core.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Core.Webhooks;

/// <summary>
/// Stores verified webhooks. Requests that wait together share one transaction (group commit); each is told only after the commit.
/// When too many wait, or the database does not take them, the caller hears it at once and Freshchat retries.
/// </summary>
public sealed partial class Inbox(PortalStore store, DeliveryBell bell, ChangeFeed feed, TimeProvider clock, ILogger<Inbox> log) : BackgroundService
{
    private const int MostWaiting = 2_000;
    private const int MostTogether = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true }
    );

    /// <summary>True while the writer runs; part of readiness.</summary>
    public bool Running { get; private set; }

    /// <summary>Stores one delivery with its bytes and answers when that is committed.</summary>
    public Task<StoreOutcome> StoreAsync(Delivery delivery, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var waiting = new Waiting(delivery, body.ToArray(), new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _waiting.Writer.TryWrite(waiting) ? waiting.Told.Task.WaitAsync(cancel) : Task.FromResult(StoreOutcome.Overloaded);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Running = true;
        try
        {
            while (await _waiting.Reader.WaitToReadAsync(stoppingToken))
            {
                var together = new List<Waiting>();
                while (together.Count < MostTogether && _waiting.Reader.TryRead(out var next))
                    together.Add(next);
                await StoreAsync(together, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: what is still waiting was never acknowledged, so Freshchat sends it again.
        }
        finally
        {
            Running = false;
            _waiting.Writer.TryComplete();
            while (_waiting.Reader.TryRead(out var left))
                left.Told.TrySetResult(StoreOutcome.Unavailable);
        }
    }

    private async Task StoreAsync(List<Waiting> together, CancellationToken cancel)
    {
        try
        {
            var outcomes = await store.WriteAsync(db => InsertAsync(db, together, cancel), cancel);
            for (var i = 0; i < together.Count; i++)
                together[i].Told.TrySetResult(outcomes[i]);
            bell.Ring();
            foreach (var bot in together.Select(w => w.Delivery.BotId).Distinct())
                feed.Announce(bot);
        }
        catch (Exception e) when (e is DbUpdateException or SqliteException)
        {
            NotStored(e, together.Count);
            foreach (var waiting in together)
                waiting.Told.TrySetResult(StoreOutcome.Unavailable);
        }
        catch
        {
            foreach (var waiting in together)
                waiting.Told.TrySetResult(StoreOutcome.Unavailable);
            throw;
        }
    }

    // The unique index decides about duplicates, row by row: a look-up before the insert would race.
    private async Task<List<StoreOutcome>> InsertAsync(PortalDb db, List<Waiting> together, CancellationToken cancel)
    {
        var outcomes = new List<StoreOutcome>(together.Count);
        foreach (var (delivery, body, _) in together)
        {
            db.Add(delivery);
            try
            {
                await db.SaveChangesAsync(cancel);
                db.Add(new DeliveryPayload { DeliveryId = delivery.Id, Body = body });
                await db.SaveChangesAsync(cancel);
                outcomes.Add(StoreOutcome.Stored);
            }
            catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteExtendedErrorCode: 2067 })
            {
                db.ChangeTracker.Clear();
                await db.Deliveries.Where(d => d.BotId == delivery.BotId && d.DedupKey == delivery.DedupKey)
                    .ExecuteUpdateAsync(
                        row => row.SetProperty(d => d.Duplicates, d => d.Duplicates + 1)
                            .SetProperty(d => d.RetryCount, d => d.RetryCount > delivery.RetryCount ? d.RetryCount : delivery.RetryCount),
                        cancel
                    );
                outcomes.Add(StoreOutcome.Duplicate);
            }
        }
        db.ChangeTracker.Clear();
        await SeenAsync(db, together, cancel);
        return outcomes;
    }

    private async Task SeenAsync(PortalDb db, List<Waiting> together, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var bot in together.Select(w => w.Delivery.BotId).Distinct())
        {
            if (await db.BotActivity.Where(a => a.BotId == bot).ExecuteUpdateAsync(row => row.SetProperty(a => a.LastEventAt, now), cancel) == 0)
                db.Add(new BotActivity { BotId = bot, FirstEventAt = now, LastEventAt = now });
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks could not be stored and were refused, so that Freshchat sends them again")]
    private partial void NotStored(Exception e, int count);

    private sealed record Waiting(Delivery Delivery, byte[] Body, TaskCompletionSource<StoreOutcome> Told);
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
