using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>Reads a turn once and writes what its steps find out, each in a transaction of its own.</summary>
internal sealed class TurnRecord(
    PortalStore store,
    KnownBots bots,
    Lease lease,
    ChangeFeed feed,
    IOptions<InboxOptions> options,
    TimeProvider clock
)
{
    // Asked before each request that must not be made twice: compiled once.
    private readonly Func<PortalDb, long, CancellationToken, Task<Standing>> _look = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId, CancellationToken _) =>
            db.Conversations.Where(c => c.Id == conversationId)
                .Select(c => new Standing(
                    c.Owner,
                    c.LeaseOwner,
                    c.LeaseUntil,
                    db.Deliveries.Any(d => d.Status == DeliveryStatus.Received && d.BotId == c.BotId && d.FreshchatConversationId == c.FreshchatId),
                    db.Bots.Any(b =>
                        b.Id == c.BotId
                        && (b.Status == BotStatus.Live || (b.Status == BotStatus.Draft && db.Rehearsals.Any(r => r.BotId == c.BotId && r.ConversationId == c.Id)))
                    )
                ))
                .First()
    );

    /// <summary>The turn as it is stored.</summary>
    public async Task<TurnWork> ReadAsync(long turnId, CancellationToken waits, CancellationToken cancel)
    {
        await using var db = store.Read();
        var turn = await db.Turns.Include(t => t.Replies.OrderBy(r => r.Id)).Include(t => t.HandOver).AsSplitQuery().FirstAsync(t => t.Id == turnId, cancel);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == turn.ConversationId, cancel);
        return new(turn, conversation, await bots.ByIdAsync(turn.BotId, cancel), waits);
    }

    /// <summary>Writes the turn and its conversation as they stand in <paramref name="work"/>.</summary>
    public Task SaveAsync(TurnWork work, CancellationToken cancel) => SaveAsync(work, _ => Task.FromResult(true), cancel);

    /// <summary>Writes the turn and its conversation, then runs <paramref name="more"/> in the same transaction.</summary>
    public async Task<T> SaveAsync<T>(TurnWork work, Func<PortalDb, Task<T>> more, CancellationToken cancel)
    {
        var result = await store.WriteToAsync(
            work.Conversation.Id,
            async db =>
            {
                await lease.AssertHeldAsync(db, work.Conversation.Id, cancel);
                await WriteTurn.StageAsync(db, work.Turn, cancel);
                if (work.RoomChanged)
                    await WriteTurn.RoomAsync(db, work.Conversation, cancel);
                await AlongAsync(db, work, cancel);
                return await more(db);
            },
            cancel
        );
        Written(work, withRoom: true);
        return result;
    }

    /// <summary>Writes only what was noted on the way, and runs <paramref name="more"/>: for what is read anew inside.</summary>
    public async Task<T> WriteAsync<T>(TurnWork work, Func<PortalDb, Task<T>> more, CancellationToken cancel)
    {
        var result = await store.WriteToAsync(
            work.Conversation.Id,
            async db =>
            {
                await lease.AssertHeldAsync(db, work.Conversation.Id, cancel);
                await AlongAsync(db, work, cancel);
                return await more(db);
            },
            cancel
        );
        Written(work, withRoom: false);
        return result;
    }

    /// <summary>
    /// What stands now, read after everything that was acknowledged before: true while a webhook of this conversation has not been
    /// applied, and why the turn may not go on - people own the conversation, or the bot was paused or archived; null = it may.
    /// </summary>
    public async Task<(bool Unapplied, StepEnd? Over)> LookAsync(TurnWork work, CancellationToken cancel)
    {
        await using var db = store.Read();
        var now = await _look(db, work.Conversation.Id, cancel);
        lease.AssertHeld(now.LeaseOwner, now.LeaseUntil);
        return (now.Unapplied, now.Owner is Owner.People ? StepEnd.PeopleOwn : now.MaySpeak ? null : StepEnd.BotPaused);
    }

    /// <summary>
    /// Ends the turn and its deliveries. What was never said to the bot is ignored, not handled, when people own the conversation or
    /// the bot was paused; texts that were not tried are stopped, because nobody sends them any more. True = something else waits in
    /// the conversation; else its lease has been given back.
    /// </summary>
    public async Task<bool> EndAsync(TurnWork work, StepEnd end, CancellationToken cancel)
    {
        var (now, dead) = (clock.GetUtcNow(), end.Kind is StepKind.Dead);
        (work.Turn.Stage, work.Turn.Reason, work.Turn.NotBefore, work.Turn.EndedAt) = (TurnStage.Ended, end.Reason, null, now);
        var unsaid = end.Reason is Reasons.PeopleOwn or Reasons.BotPaused && work.Turn.ThoughtId is null;
        var status = dead ? DeliveryStatus.Dead : unsaid ? DeliveryStatus.Ignored : DeliveryStatus.Handled;
        return await SaveAsync(
            work,
            async db =>
            {
                if (work.Turn.Replies.Any(r => r.State is ReplyState.Pending))
                    await WriteTurn.StopRepliesAsync(db, work.Turn, cancel);
                var messages = await WriteTurn.DeliveriesAsync(db, work.Turn, status, now, cancel);
                // What only passed by is not the bot's work (mammut.md 7).
                if (status is DeliveryStatus.Handled && (!work.Turn.Relayed || work.Turn.Text is not null))
                    await WriteTurn.TallyAsync(db, work.Turn, messages, now, cancel);
                if (end.Kind is StepKind.PeopleOwn && unsaid)
                    await TakeUpAsync(db, work, cancel);
                if (dead)
                    await BlockAsync(db, work, cancel);
                return !await lease.ReleaseAsync(db, work.Conversation.Id, unlessWaiting: !dead, cancel);
            },
            cancel
        );
    }

    /// <summary>
    /// Takes up a turn that was given up, its hand-over or what it relays: a new try, before what waits behind it. False when it is not dead (any more).
    /// </summary>
    public async Task<bool> ReviveAsync(long turnId, CancellationToken cancel)
    {
        long conversationId;
        await using (var db = store.Read())
            conversationId = await db.Turns.Where(t => t.Id == turnId).Select(t => t.ConversationId).FirstAsync(cancel);
        return await store.WriteToAsync(
            conversationId,
            async db =>
            {
                var conversation = await db.Conversations.FirstAsync(c => c.Id == conversationId, cancel);
                if (conversation.BlockedByTurnId != turnId)
                    return false;
                conversation.BlockedByTurnId = null;
                var turn = await db.Turns.Include(t => t.HandOver).FirstAsync(t => t.Id == turnId, cancel);
                turn.EndedAt = null;
                (turn.Stage, turn.Reason) = turn.Relayed ? (TurnStage.Formed, null) : (TurnStage.HandingOver, turn.HandOver?.Reason ?? turn.Reason);
                // Decided anew: meanwhile people may have taken the conversation by themselves.
                if (turn.HandOver is not null)
                    db.Remove(turn.HandOver);
                foreach (var delivery in await db.Deliveries.Where(d => d.TurnId == turnId && d.Status == DeliveryStatus.Dead).ToListAsync(cancel))
                    delivery.Revive();
                return true;
            },
            cancel
        );
    }

    /// <summary>
    /// For a turn that a fault of ours keeps ending: once its deadline has passed it is decided that people take it; when not even that
    /// has worked for as long again, it is dead. What is relayed has no deadline (mammut.md 7).
    /// </summary>
    public async Task GiveUpOverdueAsync(long conversationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        Turn? overdue;
        await using (var db = store.Read())
            overdue = await db.Turns.FirstOrDefaultAsync(t => t.ConversationId == conversationId && t.EndedAt == null && !t.Relayed && t.Deadline <= now, cancel);
        if (overdue is { Reason: null })
            await store.WriteToAsync(
                conversationId,
                async db =>
                {
                    await lease.AssertHeldAsync(db, conversationId, cancel);
                    return await db.Turns.Where(t => t.Id == overdue.Id).ExecuteUpdateAsync(row => row.SetProperty(t => t.Reason, Reasons.Deadline), cancel);
                },
                cancel
            );
        else if (overdue is { Stage: not TurnStage.Held } && overdue.Deadline + options.Value.AnswerDeadline <= now)
            await EndAsync(await ReadAsync(overdue.Id, cancel, cancel), StepEnd.Dead(Reasons.HandOverFailed), cancel);
    }

    // The bot was given the conversation back while the turn was ending: nobody else tells.
    private static async Task TakeUpAsync(PortalDb db, TurnWork work, CancellationToken cancel)
    {
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var back = history.Where(e => !Ownership.GivesToPeople(e.Cause)).Max(e => e.At);
        if (back is { } since && await LeftToPeople.TakeUpAsync(db, work.Conversation.Id, since, history, [], cancel))
            await db.SaveChangesAsync(cancel);
    }

    // Nobody was handed anything: what the customer writes now waits, and is not ignored as if people had it.
    private static async Task BlockAsync(PortalDb db, TurnWork work, CancellationToken cancel)
    {
        await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id && e.Cause == OwnershipCause.HandOver && e.At == null)
            .ExecuteDeleteAsync(cancel);
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id).ToListAsync(cancel);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
        (conversation.BlockedByTurnId, conversation.Owner) = (work.Turn.Id, Ownership.Now(history));
        await db.SaveChangesAsync(cancel);
    }

    private static async Task AlongAsync(PortalDb db, TurnWork work, CancellationToken cancel)
    {
        if (work.CallsDue)
            await WriteTurn.CallsAsync(db, work.Calls, cancel);
        foreach (var along in work.AlongWith)
            await along(db);
    }

    private void Written(TurnWork work, bool withRoom)
    {
        work.Written(withRoom);
        feed.Announce(work.Bot.Id, work.Conversation.Id);
    }

    private sealed record Standing(Owner Owner, string? LeaseOwner, DateTimeOffset? LeaseUntil, bool Unapplied, bool MaySpeak);
}
