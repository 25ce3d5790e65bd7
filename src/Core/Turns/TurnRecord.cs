using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>Reads a turn once and writes what its steps find out, each in a transaction of its own.</summary>
internal sealed class TurnRecord(PortalStore store, KnownBots bots, Lease lease, ChangeFeed feed, TimeProvider clock)
{
    // What only the holder of the lease changes. The rest of a conversation belongs to the events that arrive.
    private static readonly string[] OfTurn =
    [
        nameof(Turn.Stage),
        nameof(Turn.Context),
        nameof(Turn.SiteId),
        nameof(Turn.SiteFoundIn),
        nameof(Turn.SiteRulePosition),
        nameof(Turn.ThoughtId),
        nameof(Turn.SayIntentAt),
        nameof(Turn.SaidAt),
        nameof(Turn.Attempts),
        nameof(Turn.NotBefore),
        nameof(Turn.Reason),
    ];

    private static readonly string[] OfConversation =
    [
        nameof(Conversation.FirstSightAt),
        nameof(Conversation.Context),
        nameof(Conversation.VisitorId),
        nameof(Conversation.RoomId),
        nameof(Conversation.RoomContext),
        nameof(Conversation.RoomHalted),
    ];

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
                Change(db, work.Turn, OfTurn);
                Change(db, work.Conversation, OfConversation);
                await AlongAsync(db, work);
                await db.SaveChangesAsync(cancel);
                db.ChangeTracker.Clear();
                return await more(db);
            },
            cancel
        );
        Written(work);
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
                await AlongAsync(db, work);
                return await more(db);
            },
            cancel
        );
        Written(work);
        return result;
    }

    /// <summary>
    /// What stands now, read after everything that was acknowledged before: true while a webhook of this conversation has not been
    /// applied, and why the turn may not go on - people own the conversation, or the bot was paused or archived; null = it may.
    /// </summary>
    public async Task<(bool Unapplied, StepEnd? Over)> LookAsync(TurnWork work, CancellationToken cancel)
    {
        await using var db = store.Read();
        var now = await db.Conversations.Where(c => c.Id == work.Conversation.Id)
            .Select(c => new
            {
                c.Owner,
                c.LeaseOwner,
                c.LeaseUntil,
                Unapplied = db.Deliveries.Any(d =>
                    d.Status == DeliveryStatus.Received && d.BotId == c.BotId && d.FreshchatConversationId == c.FreshchatId
                ),
                db.Bots.First(b => b.Id == c.BotId).Status,
            })
            .FirstAsync(cancel);
        lease.AssertHeld(now.LeaseOwner, now.LeaseUntil);
        return (now.Unapplied, now.Owner is Owner.People ? StepEnd.PeopleOwn : now.Status is BotStatus.Live ? null : StepEnd.BotPaused);
    }

    /// <summary>
    /// Ends the turn and its deliveries. What was never said to the bot is ignored, not handled, when people own the conversation or
    /// the bot was paused; texts that were not tried are stopped, because nobody sends them any more. True = something else waits in
    /// the conversation; else its lease has been given back.
    /// </summary>
    public async Task<bool> EndAsync(TurnWork work, StepEnd end, CancellationToken cancel)
    {
        var (now, dead) = (clock.GetUtcNow(), end.Kind is StepKind.Dead);
        (work.Turn.Stage, work.Turn.Reason, work.Turn.NotBefore) = (TurnStage.Ended, end.Reason, null);
        var more = await SaveAsync(
            work,
            async db =>
            {
                await db.Database.ExecuteSqlAsync(
                    $"""update "Turns" set "EndedAt" = {now.ToUnixTimeMilliseconds()} where "Id" = {work.Turn.Id}""",
                    cancel
                );
                if (work.Turn.Replies.Any(r => r.State is ReplyState.Pending))
                    await db.Replies.Where(r => r.TurnId == work.Turn.Id && r.State == ReplyState.Pending)
                        .ExecuteUpdateAsync(row => row.SetProperty(r => r.State, ReplyState.Stopped), cancel);
                var unsaid = end.Reason is Reasons.PeopleOwn or Reasons.BotPaused && work.Turn.ThoughtId is null;
                foreach (var delivery in await db.Deliveries.Where(d => d.TurnId == work.Turn.Id).ToListAsync(cancel))
                {
                    if (!delivery.Open)
                        continue;
                    if (dead)
                        delivery.Bury(end.Reason!, now);
                    else if (unsaid)
                        delivery.Ignore(end.Reason!, now);
                    else
                        delivery.Handle(end.Reason, now);
                }
                await db.SaveChangesAsync(cancel);
                if (dead)
                    await BlockAsync(db, work, cancel);
                var waiting = !dead
                    && await db.Deliveries.AnyAsync(
                        d => d.ConversationId == work.Conversation.Id && d.Status == DeliveryStatus.Waiting && d.TurnId == null,
                        cancel
                    );
                if (!waiting)
                    await lease.ReleaseAsync(db, work.Conversation.Id, cancel);
                return waiting;
            },
            cancel
        );
        work.Turn.EndedAt = now;
        return more;
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

    private static void Change<T>(PortalDb db, T entity, string[] properties)
        where T : class
    {
        var entry = db.Entry(entity);
        entry.State = EntityState.Unchanged;
        foreach (var property in properties)
            entry.Property(property).IsModified = true;
    }

    private static async Task AlongAsync(PortalDb db, TurnWork work)
    {
        db.AddRange(work.Calls);
        foreach (var along in work.AlongWith)
            await along(db);
    }

    private void Written(TurnWork work)
    {
        work.Calls.Clear();
        work.AlongWith.Clear();
        feed.Announce(work.Bot.Id, work.Conversation.Id);
    }
}
