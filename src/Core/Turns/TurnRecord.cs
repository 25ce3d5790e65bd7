using Core.Bots;
using Core.Conversations;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>Reads a turn and writes what its steps found out, each in a transaction of its own.</summary>
internal sealed class TurnRecord(PortalStore store, Secrets secrets, ChangeFeed feed, TimeProvider clock)
{
    public async Task<TurnWork> ReadAsync(long turnId, CancellationToken cancel)
    {
        await using var db = store.Read();
        var turn = await db.Turns.Include(t => t.Replies).Include(t => t.HandOver).AsSplitQuery().FirstAsync(t => t.Id == turnId, cancel);
        var conversation = await db.Conversations.FirstAsync(c => c.Id == turn.ConversationId, cancel);
        var bot = await db.Bots.Include(b => b.Sites).FirstAsync(b => b.Id == turn.BotId, cancel);
        return new(turn, conversation, bot, bot.TokenRefusedAt is null ? BotAccount.Of(bot, secrets).Value : null);
    }

    /// <summary>Changes the turn and its conversation.</summary>
    public async Task ChangeAsync(TurnWork work, Action<Turn, Conversation> change, CancellationToken cancel)
    {
        await store.WriteAsync(
            async db =>
            {
                var turn = await db.Turns.FirstAsync(t => t.Id == work.Turn.Id, cancel);
                var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
                change(turn, conversation);
            },
            cancel
        );
        feed.Announce(work.Bot.Id, work.Conversation.Id);
    }

    /// <summary>Notes one request to a far side, for the admin who asks what happened.</summary>
    public Task NoteAsync<T>(TurnWork work, string step, FarResult<T> result, CancellationToken cancel) =>
        NoteAsync(work, step, result.Duration, result.HttpStatus, result.Failure?.Code, cancel);

    /// <inheritdoc cref="NoteAsync{T}" />
    public Task NoteAsync(TurnWork work, string step, TimeSpan duration, int? status, string? code, CancellationToken cancel) =>
        store.WriteAsync(
            db =>
            {
                db.Add(
                    new TurnCall
                    {
                        TurnId = work.Turn.Id,
                        Step = step,
                        At = clock.GetUtcNow() - duration,
                        Milliseconds = (int)duration.TotalMilliseconds,
                        HttpStatus = status,
                        Code = code,
                    }
                );
                return Task.CompletedTask;
            },
            cancel
        );

    /// <summary>Why the turn may not go on: people own the conversation now, or the bot was paused or archived; null = it may.</summary>
    public async Task<StepEnd?> StoppedAsync(TurnWork work, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Conversations.AnyAsync(c => c.Id == work.Conversation.Id && c.Owner == Owner.People, cancel))
            return StepEnd.PeopleOwn;
        return await db.Bots.AnyAsync(b => b.Id == work.Bot.Id && b.Status == BotStatus.Live, cancel) ? null : StepEnd.BotPaused;
    }

    /// <summary>
    /// Ends the turn and its deliveries. What was never said to the bot is ignored, not handled, when people own the conversation or
    /// the bot was paused; texts that were not tried are stopped, because nobody sends them any more.
    /// </summary>
    public async Task EndAsync(TurnWork work, string? reason, CancellationToken cancel, bool dead = false)
    {
        await store.WriteAsync(
            async db =>
            {
                var now = clock.GetUtcNow();
                var turn = await db.Turns.FirstAsync(t => t.Id == work.Turn.Id, cancel);
                (turn.Stage, turn.EndedAt, turn.Reason, turn.NotBefore) = (TurnStage.Ended, now, reason, null);
                await db.Replies.Where(r => r.TurnId == turn.Id && r.State == ReplyState.Pending)
                    .ExecuteUpdateAsync(row => row.SetProperty(r => r.State, ReplyState.Stopped), cancel);
                var unsaid = reason is Webhooks.Reasons.PeopleOwn or Webhooks.Reasons.BotPaused && turn.ThoughtId is null;
                foreach (var delivery in await db.Deliveries.Where(d => d.TurnId == turn.Id).ToListAsync(cancel))
                {
                    if (!delivery.Open)
                        continue;
                    if (dead)
                        delivery.Bury(reason!, now);
                    else if (unsaid)
                        delivery.Ignore(reason!, now);
                    else
                        delivery.Handle(reason, now);
                }
            },
            cancel
        );
        feed.Announce(work.Bot.Id, work.Conversation.Id);
    }
}
