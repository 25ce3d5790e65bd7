using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Finds out whether a reply whose answer is not known has arrived: by its own echo, or by reading the conversation (freshchat.md 11).
/// </summary>
internal sealed class LookForReply(FreshchatClient freshchat, PortalStore store, TurnRecord record, TimeProvider clock)
{
    // A request without an answer may still be on its way: read after 2 s and again after 10 s. One that was answered is not.
    private static readonly TimeSpan[] Unanswered = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];
    private static readonly TimeSpan[] Answered = [TimeSpan.FromSeconds(2)];

    /// <summary>Whether it is there; when the reading itself fails nobody may conclude anything.</summary>
    /// <param name="work">The turn.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="doubt">What came back instead of an answer; null = whoever sent it is gone.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<(FarFailure? Unreadable, bool Found)> HandleAsync(TurnWork work, Reply reply, FarFailure? doubt, CancellationToken cancel)
    {
        foreach (var wait in IsAnswered(doubt) ? Answered : Unanswered)
        {
            await clock.Delay(wait, work.Waits);
            if (await EchoedAsync(reply, cancel))
                return (null, true);
            var messages = await freshchat.ListMessages(work.Account!, work.Ids, cancel);
            work.Note("freshchat.look", messages, clock.GetUtcNow());
            if (!messages.Succeeded)
                return (messages.Failure, false);
            await using var db = store.Read();
            var tied = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && r.FreshchatMessageId != null && r.Id != reply.Id)
                .Select(r => r.FreshchatMessageId!)
                .ToListAsync(cancel);
            // Same agent, same text, not before the customer's message, and not tied to another reply: that is this one.
            var found = messages.Value.FirstOrDefault(m =>
                m.ActorId == work.Bot.AgentId && m.Text == reply.Text && m.CreatedTime >= work.Turn.CreationDate && !tied.Contains(m.Id)
            );
            if (found is null)
                continue;
            await SettleAsync(work, reply, found, cancel);
            return (null, true);
        }
        return (null, false);
    }

    // A gateway that ran out of time answers for somebody who may still be writing.
    private static bool IsAnswered(FarFailure? doubt) => doubt is { HttpStatus: not (null or 408 or 502 or 504) };

    /// <summary>Writes down that Freshchat has it.</summary>
    public async Task SettleAsync(TurnWork work, Reply reply, FreshchatMessage message, CancellationToken cancel)
    {
        reply.State = ReplyState.Sent;
        reply.FreshchatMessageId = message.Id.Length > 0 ? message.Id : reply.FreshchatMessageId;
        (reply.PostedAt, reply.ErrorCode) = (message.CreatedTime ?? reply.PostedAt, null);
        await record.WriteAsync(work, db => WriteTurn.ReplyAsync(db, reply, cancel), cancel);
    }

    private async Task<bool> EchoedAsync(Reply reply, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (!await db.Replies.AnyAsync(r => r.Id == reply.Id && r.State == ReplyState.Sent, cancel))
            return false;
        reply.State = ReplyState.Sent;
        return true;
    }
}
