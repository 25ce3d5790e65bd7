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

    // One look finds work for a while; the next one sees what has become due meanwhile.
    private const int AtALook = 100;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.Every == TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await RoundAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(e);
            }
        }
    }

    /// <summary>Checks until nothing is due; tells once when that takes longer than a check may be old.</summary>
    internal async Task RoundAsync(CancellationToken cancel)
    {
        var (began, told) = (clock.GetTimestamp(), false);
        while (await NextAsync(cancel) > 0)
        {
            if (told || clock.GetElapsedTime(began) <= options.Value.Every)
                continue;
            told = true;
            Behind(options.Value.Every);
        }
    }

    /// <summary>Checks bots that are due, those that have waited longest first, and not those that another node claims; tells how many.</summary>
    internal async Task<int> NextAsync(CancellationToken cancel)
    {
        var claimed = 0;
        await Parallel.ForEachAsync(
            await DueAsync(AtALook, cancel),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (bot, stop) =>
            {
                if (!await store.WriteAsync(db => ClaimAsync(db, bot, stop), stop))
                    return;
                Interlocked.Increment(ref claimed);
                await CheckAsync(bot.Id, stop);
            }
        );
        return claimed;
    }

    /// <summary>What is due: first what was never checked as it is now, then by the time it should have been.</summary>
    internal async Task<List<DueBot>> DueAsync(int most, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await using var db = store.Read();
        return await (
            from bot in db.Bots
            where bot.Status == BotStatus.Live || bot.Status == BotStatus.Paused
            join known in db.Checkups on bot.Id equals known.BotId into all
            from checkup in all.DefaultIfEmpty()
            where checkup == null || checkup.Version != bot.Version || checkup.NextAt <= now
            orderby checkup == null || checkup.Version != bot.Version descending, checkup!.NextAt, bot.Id
            select new DueBot(bot.Id, bot.Version, (int?)checkup!.Version, (DateTimeOffset?)checkup!.NextAt)
        )
            .Take(most)
            .ToListAsync(cancel);
    }

    // By its key alone, so that whoever waits to write waits for next to nothing; false = another node was quicker.
    private async Task<bool> ClaimAsync(PortalDb db, DueBot bot, CancellationToken cancel)
    {
        var checkup = await db.Checkups.FirstOrDefaultAsync(c => c.BotId == bot.Id, cancel);
        if (checkup?.Version != bot.CheckedVersion || checkup?.NextAt != bot.NextAt)
            return false;
        if (checkup is null)
            db.Add(checkup = new BotCheckup { BotId = bot.Id });
        checkup.NextAt = clock.GetUtcNow() + options.Value.Every * (0.9 + 0.2 * jitter());
        if (checkup.Version != bot.Version)
            (checkup.Version, checkup.CheckedAt, checkup.Found, checkup.Differences, checkup.Attention) = (bot.Version, null, [], [], null);
        return true;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The regular checks are behind: a round takes longer than Checks:Every, {Every}")]
    private partial void Behind(TimeSpan every);
}

/// <summary>A bot whose time has come.</summary>
/// <param name="Id">The bot.</param>
/// <param name="Version">Its version.</param>
/// <param name="CheckedVersion">The version that was checked last; null = none.</param>
/// <param name="NextAt">When it should have been checked; null = it never was.</param>
internal sealed record DueBot(Guid Id, int Version, int? CheckedVersion, DateTimeOffset? NextAt);
