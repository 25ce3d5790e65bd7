using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Posts the bot's texts, one message each, in order. Immediately before every POST the stored events are applied and the owner is
/// asked, in the transaction that saves the intent; after any doubt Freshchat is read before anything is sent again (freshchat.md 11).
/// </summary>
internal sealed class PostReplies(
    FreshchatClient freshchat,
    ApplyDeliveries apply,
    PortalStore store,
    TurnRecord record,
    Persist persist,
    TimeProvider clock
)
{
    // A request that timed out may still be on its way: read after 2 s and again after 10 s.
    private static readonly TimeSpan[] LookAfter = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    public async Task<StepEnd> HandleAsync(long turnId, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        foreach (var reply in work.Turn.Replies.Where(r => r.State is ReplyState.Pending or ReplyState.Sending).OrderBy(r => r.Id))
        {
            if (work.Account is null)
                return StepEnd.Held;
            var uncertain = reply.State is ReplyState.Sending;
            StepEnd? stopped = null;
            var end = await persist.RunAsync(
                work,
                async () =>
                {
                    if (uncertain)
                    {
                        var (unreadable, found) = await LookAsync(work, reply, cancel);
                        if (unreadable is not null)
                            return unreadable;
                        if (found)
                            return null;
                    }
                    var look = await LastLookAsync(work, reply, cancel);
                    stopped = look switch
                    {
                        LastLook.PeopleOwn => StepEnd.PeopleOwn,
                        LastLook.BotPaused => StepEnd.BotPaused,
                        _ => null,
                    };
                    if (look is not LastLook.Send)
                        return null;
                    var failure = await PostAsync(work, reply, cancel);
                    uncertain = failure is { IsAmbiguous: true };
                    return failure;
                },
                failure => Refused(failure),
                Reasons.RefusedByFreshchat,
                deadline: false,
                cancel
            );
            if (stopped is { } over)
                return over;
            if (end.Kind is not StepKind.Done)
                return end;
        }
        return StepEnd.Done;
    }

    private static StepEnd? Refused(FarFailure failure) =>
        failure.Kind is FailureKind.Unauthorized ? StepEnd.Held
        : failure.Code == "superseded_conversation" ? StepEnd.Stop(Reasons.SupersededConversation)
        : failure.IsRefusal || failure.Kind is FailureKind.Redirected ? StepEnd.HandOver(Reasons.RefusedByFreshchat)
        : null;

    private Task<LastLook> LastLookAsync(TurnWork work, Reply reply, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var conversation = await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel);
                await apply.ApplyToAsync(db, conversation, cancel);
                var stored = await db.Replies.FirstAsync(r => r.Id == reply.Id, cancel);
                // An own echo among what was just applied may have settled it.
                if (stored.State is ReplyState.Sent)
                    return LastLook.SentAlready;
                var paused = !await db.Bots.AnyAsync(b => b.Id == conversation.BotId && b.Status == BotStatus.Live, cancel);
                if (paused || conversation.Owner is Owner.People)
                {
                    // This one too: it is either untried or was looked for in vain.
                    await db.Replies.Where(r => r.TurnId == work.Turn.Id && (r.State == ReplyState.Pending || r.Id == reply.Id))
                        .ExecuteUpdateAsync(row => row.SetProperty(r => r.State, ReplyState.Stopped), cancel);
                    return paused ? LastLook.BotPaused : LastLook.PeopleOwn;
                }
                stored.State = ReplyState.Sending;
                stored.IntentAt = clock.GetUtcNow();
                return LastLook.Send;
            },
            cancel
        );

    private async Task<FarFailure?> PostAsync(TurnWork work, Reply reply, CancellationToken cancel)
    {
        var posted = await freshchat.PostReply(work.Account!, work.Ids, reply.Text, work.Bot.AgentId, cancel);
        await record.NoteAsync(work, "freshchat.reply", posted, cancel);
        if (posted.Succeeded)
        {
            await SettleAsync(reply, r => Sent(r, posted.Value), cancel);
            return null;
        }
        if (posted.Failure.IsAmbiguous)
            return posted.Failure;
        var state = posted.Failure.IsRefusal && posted.Failure.Kind is not FailureKind.Unauthorized ? ReplyState.Refused : ReplyState.Pending;
        await SettleAsync(reply, r => (r.State, r.ErrorCode) = (state, posted.Failure.Code), cancel);
        return posted.Failure;
    }

    // Same agent, same text, not before the customer's message, and not tied to another reply: that is this one.
    private async Task<(FarFailure?, bool Found)> LookAsync(TurnWork work, Reply reply, CancellationToken cancel)
    {
        foreach (var wait in LookAfter)
        {
            await Task.Delay(wait, clock, cancel);
            if (await SettledAsync(reply, cancel))
                return (null, true);
            var messages = await freshchat.ListMessages(work.Account!, work.Ids, cancel);
            await record.NoteAsync(work, "freshchat.look", messages, cancel);
            if (!messages.Succeeded)
                return (messages.Failure, false);
            await using var db = store.Read();
            var tied = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && r.FreshchatMessageId != null && r.Id != reply.Id)
                .Select(r => r.FreshchatMessageId!)
                .ToListAsync(cancel);
            var found = messages.Value.FirstOrDefault(m =>
                m.ActorId == work.Bot.AgentId && m.Text == reply.Text && m.CreatedTime >= work.Turn.CreationDate && !tied.Contains(m.Id)
            );
            if (found is null)
                continue;
            await SettleAsync(reply, r => Sent(r, found), cancel);
            return (null, true);
        }
        return (null, false);
    }

    // Its own echo came meanwhile: that settles it without a reading.
    private async Task<bool> SettledAsync(Reply reply, CancellationToken cancel)
    {
        await using var db = store.Read();
        return await db.Replies.AnyAsync(r => r.Id == reply.Id && r.State == ReplyState.Sent, cancel);
    }

    private static void Sent(Reply reply, FreshchatMessage message)
    {
        reply.State = ReplyState.Sent;
        reply.FreshchatMessageId = message.Id.Length > 0 ? message.Id : reply.FreshchatMessageId;
        reply.PostedAt = message.CreatedTime ?? reply.PostedAt;
        reply.ErrorCode = null;
    }

    private Task SettleAsync(Reply reply, Action<Reply> settle, CancellationToken cancel) =>
        store.WriteAsync(async db => settle(await db.Replies.FirstAsync(r => r.Id == reply.Id, cancel)), cancel);

    private enum LastLook
    {
        Send,
        SentAlready,
        PeopleOwn,
        BotPaused,
    }
}
