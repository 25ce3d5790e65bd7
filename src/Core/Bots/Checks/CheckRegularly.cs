using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Bots.Checks;

/// <summary>
/// Checks every live and paused bot now and then, and soon after its settings have changed. Whichever node claims a bot checks it; the claim
/// lapses by itself, so a node that dies leaves nothing behind.
/// </summary>
internal sealed partial class CheckRegularly(
    PortalStore store,
    CheckBot check,
    IOptions<CheckOptions> options,
    // Between 0 and 1: what was checked together should not be checked together for ever.
    Func<double> jitter,
    TimeProvider clock,
    ILogger<CheckRegularly> log
) : BackgroundService
{
    /// <summary>How often it looks for bots whose time has come.</summary>
    internal static readonly TimeSpan Tick = TimeSpan.FromSeconds(30);

    // Few at a time: customers come first.
    private const int AtOnce = 4;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Every == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await NextAsync(stoppingToken) > 0) { }
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
    }

    /// <summary>Claims and checks a few bots that are due; tells how many.</summary>
    internal async Task<int> NextAsync(CancellationToken cancel)
    {
        var claimed = await store.WriteAsync(db => ClaimAsync(db, cancel), cancel);
        await Task.WhenAll(claimed.Select(id => CheckAsync(id, cancel)));
        return claimed.Count;
    }

    private async Task<List<Guid>> ClaimAsync(PortalDb db, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var due = await db.Bots.Where(b =>
                (b.Status == BotStatus.Live || b.Status == BotStatus.Paused)
                && !db.Checkups.Any(c => c.BotId == b.Id && c.Version == b.Version && c.NextAt > now)
            )
            .OrderBy(b => b.Id)
            .Take(AtOnce)
            .Select(b => new { b.Id, b.Version })
            .ToListAsync(cancel);
        foreach (var bot in due)
        {
            var checkup = await db.Checkups.FirstOrDefaultAsync(c => c.BotId == bot.Id, cancel);
            if (checkup is null)
                db.Add(checkup = new BotCheckup { BotId = bot.Id });
            checkup.NextAt = now + options.Value.Every * (0.9 + 0.2 * jitter());
            if (checkup.Version != bot.Version)
                (checkup.Version, checkup.CheckedAt, checkup.Found, checkup.Differences, checkup.Attention) = (bot.Version, null, [], [], null);
        }
        return [.. due.Select(bot => bot.Id)];
    }

    private async Task CheckAsync(Guid id, CancellationToken cancel)
    {
        try
        {
            await check.RunAsync(id, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A bot could not be checked; it is checked again when its time comes")]
    private partial void Failed(Exception e);
}
