using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
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
    private static readonly TimeSpan AfterBug = TimeSpan.FromSeconds(5);

    public async Task RunAsync(long conversationId, CancellationToken cancel)
    {
        if (!await lease.TakeAsync(conversationId, cancel))
            return;
        using var working = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Without the lease another node may be at work: what runs here stops before its next step.
        var keeping = lease.KeepAsync(conversationId, working.Token).ContinueWith(_ => working.CancelAsync(), TaskScheduler.Default).Unwrap();
        try
        {
            while (await NextAsync(conversationId, working.Token)) { }
        }
        catch (OperationCanceledException) when (working.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            // The lease was lost; whoever has it goes on from the stage that was saved.
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            // A bug must not silence the conversation for good: what is stored is tried again.
            Failed(e, conversationId);
            await Task.Delay(AfterBug, clock, cancel);
            throw;
        }
        finally
        {
            await working.CancelAsync();
            await keeping;
            await lease.ReleaseAsync(conversationId);
        }
    }

    private async Task<bool> NextAsync(long conversationId, CancellationToken cancel)
    {
        await using (var db = store.Read())
        {
            var unfinished = await db.Turns.Where(t => t.ConversationId == conversationId && t.EndedAt == null)
                .Select(t => (long?)t.Id)
                .FirstOrDefaultAsync(cancel);
            if (unfinished is { } turn)
                return await handle.RunAsync(turn, cancel);
        }
        if (await form.DueAsync(conversationId, cancel) is not { } due)
            return await UnblockAsync(conversationId, cancel);
        if (due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancel);
        else
            await form.HandleAsync(conversationId, cancel);
        return true;
    }

    // mammut.md 8: when the conversation is back with the bot, the room is unblocked at once, not only before the next text.
    private async Task<bool> UnblockAsync(long conversationId, CancellationToken cancel)
    {
        await using var db = store.Read();
        var last = await db.Turns.Where(t => t.ConversationId == conversationId).OrderByDescending(t => t.Id).Select(t => (long?)t.Id).FirstOrDefaultAsync(cancel);
        if (last is null || !await db.Conversations.AnyAsync(c => c.Id == conversationId && c.RoomHalted && c.Owner == Owner.Bot, cancel))
            return false;
        await ask.UnblockAsync(await record.ReadAsync(last.Value, cancel), cancel);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Work on conversation {ConversationId} failed unexpectedly and is tried again")]
    private partial void Failed(Exception e, long conversationId);
}
