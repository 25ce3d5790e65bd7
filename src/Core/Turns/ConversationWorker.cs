using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Core.Turns;

/// <summary>Works on one conversation until nothing is left to do: finish the turn that runs, unblock the room, form the next turn.</summary>
internal sealed partial class ConversationWorker(
    PortalStore store,
    FormTurn form,
    HandleTurn handle,
    AskBot ask,
    TurnRecord record,
    Lease lease,
    TimeProvider clock,
    ILogger<ConversationWorker> log
)
{
    private static readonly TimeSpan AfterFault = TimeSpan.FromSeconds(2);

    // Asked several times a turn: compiled once.
    private readonly Func<PortalDb, long, CancellationToken, Task<Standing>> _look = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId, CancellationToken _) =>
            db.Conversations.Where(c => c.Id == conversationId)
                .Select(c => new Standing(
                    db.Turns.Where(t => t.ConversationId == c.Id && t.EndedAt == null).Select(t => (long?)t.Id).FirstOrDefault(),
                    c.BlockedByTurnId,
                    c.RoomHalted && c.Owner == Owner.Bot
                ))
                .First()
    );

    /// <summary>Returns when nothing is left to do, or nothing that this node may do.</summary>
    /// <param name="conversationId">Our id of the conversation.</param>
    /// <param name="waits">Ends pauses: the portal stops.</param>
    /// <param name="cancel">Ends requests too: the portal has waited long enough.</param>
    public async Task RunAsync(long conversationId, CancellationToken waits, CancellationToken cancel)
    {
        try
        {
            while (!waits.IsCancellationRequested && await NextAsync(conversationId, waits, cancel)) { }
        }
        catch (LeaseLostException)
        {
            // Whoever has it goes on from the stage that was saved.
            return;
        }
        catch (OperationCanceledException) when (waits.IsCancellationRequested)
        {
            // Stopping: the stage is saved, and the next start or another node goes on.
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // A bug, or a database that is gone, must not silence the conversation for good: what is stored is tried again.
            Failed(e, conversationId);
            await GiveUpOverdueAsync(conversationId, cancel);
            await clock.Delay(AfterFault, waits).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            await ReleaseAsync(conversationId);
            throw;
        }
        if (waits.IsCancellationRequested)
            await ReleaseAsync(conversationId);
    }

    private async Task<bool> NextAsync(long conversationId, CancellationToken waits, CancellationToken cancel)
    {
        var next = await LookAsync(conversationId, cancel);
        if (next.Turn is { } unfinished)
            return await lease.TakeAsync(conversationId, cancel) && await RunTurnAsync(unfinished, waits, cancel);
        if (next.Blocking is { } dead && next.Due is not null)
            return await record.ReviveAsync(dead, cancel);
        if (next.Due is not { } due)
            return next.Unblock is { } last && await UnblockAsync(conversationId, last, waits, cancel);
        if (due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            await clock.Delay(wait, waits);
        else if (await form.HandleAsync(conversationId, waits, cancel) is { } formed)
            return await handle.RunAsync(formed, cancel);
        else
            return await OthersAreNotAtWorkAsync(conversationId, cancel);
        return true;
    }

    private async Task<bool> RunTurnAsync(long turnId, CancellationToken waits, CancellationToken cancel) =>
        await handle.RunAsync(await record.ReadAsync(turnId, waits, cancel), cancel);

    private async Task<(long? Turn, long? Blocking, DateTimeOffset? Due, long? Unblock)> LookAsync(long conversationId, CancellationToken cancel)
    {
        await using var db = store.Read();
        var now = await _look(db, conversationId, cancel);
        var due = now.Turn is null ? await form.DueAsync(db, conversationId, cancel) : null;
        var last = now is { Turn: null, Halted: true } && due is null
            ? await db.Turns.Where(t => t.ConversationId == conversationId).OrderByDescending(t => t.Id).Select(t => (long?)t.Id).FirstOrDefaultAsync(cancel)
            : null;
        return (now.Turn, now.BlockedByTurnId, due, last);
    }

    // mammut.md 8: when the conversation is back with the bot, the room is unblocked at once, not only before the next text.
    private async Task<bool> UnblockAsync(long conversationId, long lastTurn, CancellationToken waits, CancellationToken cancel)
    {
        if (!await lease.TakeAsync(conversationId, cancel))
            return false;
        var work = await record.ReadAsync(lastTurn, waits, cancel);
        await ask.UnblockAsync(work, cancel);
        // Only this: the turn is over, and an admin may be having it tried again at this moment.
        await record.WriteAsync(
            work,
            db =>
                db.Conversations.Where(c => c.Id == conversationId)
                    .ExecuteUpdateAsync(row => row.SetProperty(c => c.RoomHalted, work.Conversation.RoomHalted), cancel),
            cancel
        );
        await lease.ReleaseAsync(conversationId);
        return false;
    }

    // Nothing was formed: because nothing of what waited may be said any more, or because another node was quicker.
    private async Task<bool> OthersAreNotAtWorkAsync(long conversationId, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await lease.Free(db).AnyAsync(c => c.Id == conversationId, cancel);
    }

    // Whatever the fault is, the customer is not left waiting for its mend.
    private async Task GiveUpOverdueAsync(long conversationId, CancellationToken cancel)
    {
        try
        {
            await record.GiveUpOverdueAsync(conversationId, cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            Failed(e, conversationId);
        }
    }

    private async Task ReleaseAsync(long conversationId)
    {
        try
        {
            await lease.ReleaseAsync(conversationId);
        }
        catch (Exception e)
        {
            // It lapses by itself.
            Failed(e, conversationId);
        }
    }

    private sealed record Standing(long? Turn, long? BlockedByTurnId, bool Halted);

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on conversation {ConversationId} failed and is tried again")]
    private partial void Failed(Exception e, long conversationId);
}
