using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Ledger;
using Sandbox.Mammut.Graph;
using Sandbox.Mammut.Relay;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Brain;

/// <summary>Writes the bots' answers into their rooms, each when it is due.</summary>
internal sealed class BotTurns(
    SandboxState state,
    IDbContextFactory<SandboxDb> dbs,
    SwitchBoard switches,
    TimeProvider clock,
    BotSpeaker speaker,
    RelaySpeaker relay,
    LedgerBook ledger,
    ILogger<BotTurns> log
) : BackgroundService
{
    private const int Batch = 100;

    private static readonly TimeSpan Breather = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Lets the room's bot think about a thought, unless nobody there would answer; the caller saves and then rings.</summary>
    public void Begin(SandboxDb db, Thought thought)
    {
        // The platform's own bot minds its own business: a portal that took its room for the conversation's finds out by silence.
        if (
            thought.Room is not { Halted: false, Bot: { UserType: "machine", Id: not MammutSystem.AlexId } bot }
            || bot == thought.Sender
        )
            return;
        if (!switches.Get(MammutSwitches.Silence))
            db.Add(new BotTurn { Question = thought, Due = clock.GetUtcNow() + switches.Get(MammutSwitches.Delay) });
    }

    /// <summary>Says that there may be something new to answer.</summary>
    public void Ring() => _bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await WaitForBellAsync(await AnswerDueAsync(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Answers could not be written; trying again.");
                await Task.Delay(Breather, clock, stoppingToken);
            }
        }
    }

    private async Task WaitForBellAsync(DateTimeOffset? due, CancellationToken cancellation)
    {
        var left = due - clock.GetUtcNow() ?? Longest;
        if (left <= TimeSpan.Zero)
            return;
        await using var alarm = clock.CreateTimer(_ => Ring(), null, left < Longest ? left : Longest, Timeout.InfiniteTimeSpan);
        // The clock may have passed the moment while the alarm was being set.
        if (due > clock.GetUtcNow() || due is null)
            await _bell.Reader.ReadAsync(cancellation);
    }

    /// <returns>When the next answer is due, or null when none is waited for.</returns>
    private async Task<DateTimeOffset?> AnswerDueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        await using (var db = await dbs.CreateDbContextAsync(cancellation))
            if (!await db.Set<BotTurn>().AnyAsync(t => t.Due <= now, cancellation))
                return await db.Set<BotTurn>()
                    .OrderBy(t => t.Due)
                    .Select(t => (DateTimeOffset?)t.Due)
                    .FirstOrDefaultAsync(cancellation);

        var (began, steps) = (ledger.Now, new List<BotStep>());
        return await state.WriteAsync(
            async db =>
            {
                var due = await db.Set<BotTurn>()
                    .Include(t => t.Question.Room.Bot)
                    .Where(t => t.Due <= now)
                    .OrderBy(t => t.Due)
                    .ThenBy(t => t.Id)
                    .Take(Batch)
                    .ToListAsync(cancellation);
                foreach (var turn in due)
                    steps.Add(speaker.GoOn(db, turn));
                return (DateTimeOffset?)now;
            },
            _ =>
            {
                foreach (var thought in steps.SelectMany(step => step.Said))
                    ledger.Add(thought.Entry(began, ledger.Now));
                steps.ForEach(relay.Carry);
            },
            cancellation
        );
    }
}
