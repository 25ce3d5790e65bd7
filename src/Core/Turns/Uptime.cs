using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace Core.Turns;

/// <summary>
/// Knows whether the portal has been away: for longer than two minutes, and webhooks may have been lost after their last retry, so
/// conversations are looked at anew (freshchat.md 12.5).
/// </summary>
public sealed class Uptime(PortalStore store, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Away = TimeSpan.FromMinutes(2);

    private long _beat = clock.GetTimestamp();

    /// <summary>True while the database has not taken a sign of life for so long that webhooks may be lost right now.</summary>
    public bool AwayNow => clock.GetElapsedTime(Volatile.Read(ref _beat)) > Away;

    /// <summary>Conversations looked at before this time are looked at again; null = the portal was never away.</summary>
    public DateTimeOffset? AwayUntil { get; private set; }

    /// <inheritdoc />
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        AwayUntil = await store.WriteAsync(
            async db =>
            {
                var beat = await db.Heartbeats.FirstOrDefaultAsync(b => b.Id == 1, cancellationToken);
                if (beat is null)
                    db.Add(beat = new Heartbeat { Id = 1, At = now });
                else if (now - beat.At > Away)
                    beat.AwayUntil = now;
                // Of several nodes the clock that is ahead counts.
                beat.At = beat.At > now ? beat.At : now;
                return beat.AwayUntil;
            },
            cancellationToken
        );
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Beat, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var away = (long)Away.TotalMilliseconds;
            try
            {
                await store.WriteLockingAsync(
                    db =>
                        db.Database.ExecuteSqlAsync(
                            $"""
                            update "Heartbeats" set "AwayUntil" = case when {now} - "At" > {away} then {now} else "AwayUntil" end, "At" = {now}
                            where "At" < {now}
                            """,
                            stoppingToken
                        ),
                    stoppingToken
                );
                // Another node that starts may find that none was there.
                await using var db = store.Read();
                Volatile.Write(ref _beat, clock.GetTimestamp());
                AwayUntil = await db.Heartbeats.Where(b => b.Id == 1).Select(b => b.AwayUntil).FirstOrDefaultAsync(stoppingToken);
            }
            catch (Exception e) when (StorageFaults.IsDown(e))
            {
                // A missed beat is nothing; ending here would take the whole portal down with the database.
            }
        }
    }
}
