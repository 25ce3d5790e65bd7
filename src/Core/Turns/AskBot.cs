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
internal sealed class AskBot(MammutClient mammut, PortalStore store, TurnRecord record, Lease lease, IOptions<MammutOptions> options, TimeProvider clock)
{
    // What a process that died had sent may still be on its way.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromSeconds(2);

    /// <summary>One attempt; null when the bot has the text.</summary>
    public async Task<FarFailure?> SayAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Turn.ThoughtId is not null)
            return null;
        if (await EnsureRoomAsync(work, cancel) is { } noRoom)
            return noRoom;
        if (work.Turn.SayIntentAt is { } tried)
        {
            await clock.Delay(tried + OnItsWay - clock.GetUtcNow(), work.Waits);
            var (unreadable, found) = await FindThoughtAsync(work, cancel);
            if (unreadable is not null)
                return unreadable;
            if (found is { } thought)
                return await SaidAsync(work, thought, cancel);
        }
        return await SayOnceAsync(work, mayRemake: true, cancel);
    }

    /// <summary>
    /// Unblocks the room after people have given the conversation back; null when nothing blocks it any more. Not written down here:
    /// posting it twice is harmless (mammut.md 8).
    /// </summary>
    public async Task<FarFailure?> UnblockAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Conversation is not { RoomHalted: true, RoomId: { } room })
            return null;
        var unblocked = await mammut.PostRemoveHaltedMark(work.Bot.MammutId!.Value, room, cancel);
        work.Note("mammut.unblock", unblocked, clock.GetUtcNow());
        if (!unblocked.Succeeded)
            return unblocked.Failure;
        work.Conversation.RoomHalted = false;
        return null;
    }

    private async Task<FarFailure?> EnsureRoomAsync(TurnWork work, CancellationToken cancel)
    {
        var conversation = work.Conversation;
        if (conversation.VisitorId is null)
        {
            var made = await mammut.CreateVisitor(work.Bot.Locale, cancel);
            work.Note("mammut.visitor", made, clock.GetUtcNow());
            if (!made.Succeeded)
                return made.Failure;
            conversation.VisitorId = made.Value;
            await record.SaveAsync(work, cancel);
        }
        if (conversation.RoomId is not null && conversation.RoomContext == work.Turn.Context)
            return await UnblockAsync(work, cancel);
        var title = "Freshchat " + conversation.FreshchatId;
        var room = await mammut.CreateRoom(conversation.VisitorId.Value, work.Bot.MammutId!.Value, title, options.Value.Channel, work.Turn.Context, cancel);
        work.Note("mammut.room", room, clock.GetUtcNow());
        if (!room.Succeeded)
            return room.Failure;
        // Written with the intent to speak, before anything is said into it.
        (conversation.RoomId, conversation.RoomContext, conversation.RoomHalted) = (room.Value, work.Turn.Context, false);
        return null;
    }

    private async Task<FarFailure?> SayOnceAsync(TurnWork work, bool mayRemake, CancellationToken cancel)
    {
        var (turn, conversation) = (work.Turn, work.Conversation);
        var intended = clock.GetTimestamp();
        (turn.Stage, turn.SayIntentAt) = (TurnStage.Saying, clock.GetUtcNow());
        await record.SaveAsync(work, cancel);
        var room = conversation.RoomId!.Value;
        lease.AssertAwake(intended);
        var said = await mammut.Say(conversation.VisitorId!.Value, room, turn.Text!, turn.CreationDate, cancel);
        work.Note("mammut.say", said, clock.GetUtcNow());
        if (said.Succeeded)
            return await SaidAsync(work, said.Value, cancel);
        if (!said.Failure.IsRefusal)
            return said.Failure;

        // Refused: surely not said. Perhaps the deployment was wiped and room or visitor are gone (mammut.md 3.3).
        turn.SayIntentAt = null;
        if (!mayRemake)
            return said.Failure;
        var read = await mammut.ReadRoom(room, cancel);
        if (!read.Succeeded || read.Value is not null)
            return said.Failure;
        (conversation.VisitorId, conversation.RoomId, conversation.RoomHalted) = (null, null, false);
        return await EnsureRoomAsync(work, cancel) ?? await SayOnceAsync(work, mayRemake: false, cancel);
    }

    // The thought of this turn, if an earlier request did arrive: same visitor, text and second, and no other turn's (mammut.md 6.4).
    private async Task<(FarFailure?, long?)> FindThoughtAsync(TurnWork work, CancellationToken cancel)
    {
        var turn = work.Turn;
        var read = await mammut.Thoughts(work.Conversation.RoomId!.Value, turn.CreationDate - options.Value.SinceMargin, cancel);
        work.Note("mammut.look", read, clock.GetUtcNow());
        if (!read.Succeeded)
            return (read.Failure, null);
        await using var db = store.Read();
        var others = await db.Turns.Where(t => t.ConversationId == turn.ConversationId && t.Id != turn.Id && t.ThoughtId != null)
            .Select(t => t.ThoughtId!.Value)
            .ToListAsync(cancel);
        var found = read.Value.FirstOrDefault(t =>
            t.SenderId == work.Conversation.VisitorId
            && t.Text == turn.Text
            && t.CreationDate?.ToUnixTimeSeconds() == turn.CreationDate.ToUnixTimeSeconds()
            && !others.Contains(t.Id)
        );
        return (null, found?.Id);
    }

    private async Task<FarFailure?> SaidAsync(TurnWork work, long thought, CancellationToken cancel)
    {
        var turn = work.Turn;
        (turn.ThoughtId, turn.SaidAt, turn.Stage, turn.Attempts, turn.NotBefore) = (thought, clock.GetUtcNow(), TurnStage.Listening, 0, null);
        await record.SaveAsync(work, cancel);
        return null;
    }
}
