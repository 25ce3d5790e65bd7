using Core.Conversations;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Says a turn to the bot, once: visitor and room are made when they are missing, a halted room is unblocked first, and after any
/// doubt the room is read before anything is said again (mammut.md 6.2-6.4, 8).
/// </summary>
internal sealed class AskBot(MammutClient mammut, PortalStore store, TurnRecord record, IOptions<MammutOptions> options, TimeProvider clock)
{
    /// <summary>One attempt; null when the bot has the text.</summary>
    public async Task<FarFailure?> SayAsync(long turnId, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        if (work.Turn.ThoughtId is not null)
            return null;
        if (await EnsureRoomAsync(work, cancel) is { } noRoom)
            return noRoom;
        work = await record.ReadAsync(turnId, cancel);
        if (work.Turn.SayIntentAt is not null)
        {
            var (unreadable, found) = await FindThoughtAsync(work, cancel);
            if (unreadable is not null)
                return unreadable;
            if (found is { } thought)
                return await SaidAsync(work, thought, cancel);
        }
        return await SayOnceAsync(work, mayRemake: true, cancel);
    }

    /// <summary>Unblocks the room after people have given the conversation back; null when nothing blocks it any more.</summary>
    public async Task<FarFailure?> UnblockAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Conversation is not { RoomHalted: true, RoomId: { } room })
            return null;
        var unblocked = await mammut.PostRemoveHaltedMark(work.Bot.MammutId!.Value, room, cancel);
        await record.NoteAsync(work, "mammut.unblock", unblocked, cancel);
        if (!unblocked.Succeeded)
            return unblocked.Failure;
        await record.ChangeAsync(work, (_, conversation) => conversation.RoomHalted = false, cancel);
        return null;
    }

    private async Task<FarFailure?> EnsureRoomAsync(TurnWork work, CancellationToken cancel)
    {
        var visitor = work.Conversation.VisitorId;
        if (visitor is null)
        {
            var made = await mammut.CreateVisitor(work.Bot.Locale, cancel);
            await record.NoteAsync(work, "mammut.visitor", made, cancel);
            if (!made.Succeeded)
                return made.Failure;
            visitor = made.Value;
            await record.ChangeAsync(work, (_, conversation) => conversation.VisitorId = visitor, cancel);
        }
        if (work.Conversation.RoomId is null || work.Conversation.RoomContext != work.Turn.Context)
        {
            var title = "Freshchat " + work.Conversation.FreshchatId;
            var made = await mammut.CreateRoom(visitor.Value, work.Bot.MammutId!.Value, title, options.Value.Channel, work.Turn.Context, cancel);
            await record.NoteAsync(work, "mammut.room", made, cancel);
            if (!made.Succeeded)
                return made.Failure;
            await record.ChangeAsync(
                work,
                (_, c) => (c.RoomId, c.RoomContext, c.RoomHalted) = (made.Value, work.Turn.Context, false),
                cancel
            );
            return null;
        }
        return await UnblockAsync(work, cancel);
    }

    private async Task<FarFailure?> SayOnceAsync(TurnWork work, bool mayRemake, CancellationToken cancel)
    {
        await record.ChangeAsync(work, (turn, _) => (turn.Stage, turn.SayIntentAt) = (TurnStage.Saying, clock.GetUtcNow()), cancel);
        var (visitor, room) = (work.Conversation.VisitorId!.Value, work.Conversation.RoomId!.Value);
        var said = await mammut.Say(visitor, room, work.Turn.Text!, work.Turn.CreationDate, cancel);
        await record.NoteAsync(work, "mammut.say", said, cancel);
        if (said.Succeeded)
            return await SaidAsync(work, said.Value, cancel);
        if (!said.Failure.IsRefusal)
            return said.Failure;

        // Refused: surely not said. Perhaps the deployment was wiped and room or visitor are gone (mammut.md 3.3).
        await record.ChangeAsync(work, (turn, _) => turn.SayIntentAt = null, cancel);
        if (!mayRemake)
            return said.Failure;
        var read = await mammut.ReadRoom(room, cancel);
        if (!read.Succeeded || read.Value is not null)
            return said.Failure;
        await record.ChangeAsync(work, (_, c) => (c.VisitorId, c.RoomId, c.RoomHalted) = (null, null, false), cancel);
        if (await EnsureRoomAsync(await record.ReadAsync(work.Turn.Id, cancel), cancel) is { } noRoom)
            return noRoom;
        return await SayOnceAsync(await record.ReadAsync(work.Turn.Id, cancel), mayRemake: false, cancel);
    }

    // The thought of this turn, if an earlier request did arrive: same visitor, text and second, and no other turn's (mammut.md 6.4).
    private async Task<(FarFailure?, long?)> FindThoughtAsync(TurnWork work, CancellationToken cancel)
    {
        var read = await mammut.Thoughts(work.Conversation.RoomId!.Value, work.Turn.CreationDate - options.Value.SinceMargin, cancel);
        await record.NoteAsync(work, "mammut.look", read, cancel);
        if (!read.Succeeded)
            return (read.Failure, null);
        await using var db = store.Read();
        var others = await db.Turns.Where(t => t.ConversationId == work.Conversation.Id && t.Id != work.Turn.Id && t.ThoughtId != null)
            .Select(t => t.ThoughtId!.Value)
            .ToListAsync(cancel);
        var found = read.Value.FirstOrDefault(t =>
            t.SenderId == work.Conversation.VisitorId
            && t.Text == work.Turn.Text
            && t.CreationDate?.ToUnixTimeSeconds() == work.Turn.CreationDate.ToUnixTimeSeconds()
            && !others.Contains(t.Id)
        );
        return (null, found?.Id);
    }

    private async Task<FarFailure?> SaidAsync(TurnWork work, long thought, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        await record.ChangeAsync(
            work,
            (turn, _) => (turn.ThoughtId, turn.SaidAt, turn.Stage, turn.Attempts, turn.NotBefore) = (thought, now, TurnStage.Listening, 0, null),
            cancel
        );
        return null;
    }
}
