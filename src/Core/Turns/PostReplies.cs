using Core.Bots.Connecting;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Posts the turn's texts, one message each, in order. The intent is written down first; then, when the connection stands and before the
/// first byte of every POST, the owner is asked, with everything that has been stored until then; after any doubt Freshchat is read before
/// anything is sent again (freshchat.md 11).
/// </summary>
internal sealed class PostReplies(
    FreshchatClient freshchat,
    ApplyDeliveries apply,
    LookForReply look,
    TurnRecord record,
    Lease lease,
    Persist persist,
    TimeProvider clock
)
{
    private const int MostLooks = 5;
    private static readonly TimeSpan ForOthers = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(20);

    public async Task<StepEnd> HandleAsync(TurnWork work, CancellationToken cancel)
    {
        foreach (var reply in work.Turn.Replies.Where(r => r.State is ReplyState.Pending or ReplyState.Sending).OrderBy(r => r.Id).ToList())
        {
            if (work.Account is null)
                return StepEnd.Held;
            // Known only of a request of this run; of an earlier one anything may be true.
            FarFailure? doubt = null;
            StepEnd? over = null;
            var end = await persist.RunAsync(
                work,
                async () =>
                {
                    if (reply.State is ReplyState.Sending)
                    {
                        var (unreadable, found) = await look.HandleAsync(work, reply, doubt, cancel);
                        if (unreadable is not null || found)
                            return unreadable;
                    }
                    do
                    {
                        var intended = clock.GetTimestamp();
                        over = await IntendAsync(work, reply, cancel);
                        if (over is not null || reply.State is not ReplyState.Sending)
                            return null;
                        doubt = await PostAsync(work, reply, intended, cancel);
                    } while (doubt is { Code: GuardedContent.Withdrawn });
                    return doubt;
                },
                Refused,
                StepEnd.HandOver(Reasons.RefusedByFreshchat),
                deadline: false,
                cancel
            );
            if (over is { } ended)
                return ended;
            if (end.Kind is not StepKind.Done)
                return end;
        }
        return StepEnd.Done;
    }

    /// <summary>
    /// What follows from a text that an earlier run of the turn saw refused: it was written down, but the process may have died before it
    /// acted upon it. Null = none was.
    /// </summary>
    public static StepEnd? RefusedBefore(Turn turn) =>
        turn.Replies.Find(r => r is { State: ReplyState.Refused, Notice: null }) is { } refused ? Meaning(refused.ErrorCode) : null;

    private static StepEnd? Refused(FarFailure failure) =>
        failure.Kind is FailureKind.Unauthorized ? StepEnd.Held
        : failure.IsRefusal || failure.Kind is FailureKind.Redirected ? Meaning(failure.Code)
        : null;

    private static StepEnd Meaning(string? code) =>
        code == "superseded_conversation" ? StepEnd.Stop(Reasons.SupersededConversation) : StepEnd.HandOver(Reasons.RefusedByFreshchat);

    // Null = send, unless an own echo has settled it meanwhile.
    private async Task<StepEnd?> IntendAsync(TurnWork work, Reply reply, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var (over, sent) = await record.WriteAsync(
            work,
            async db =>
            {
                await apply.ApplyToAsync(db, work.Conversation, cancel);
                return await WriteTurn.IntentAsync(db, work.Conversation, reply, now, cancel) ? (null, null) : await WhyNotAsync(db, work, reply, cancel);
            },
            cancel
        );
        if (sent is not null)
            (reply.State, reply.IntentAt, reply.FreshchatMessageId) = (sent.State, sent.IntentAt, sent.FreshchatMessageId);
        else if (over is null)
            (reply.State, reply.IntentAt) = (ReplyState.Sending, now);
        else
            work.Turn.Replies.Where(r => r.State is ReplyState.Pending || r == reply).ToList().ForEach(r => r.State = ReplyState.Stopped);
        return over;
    }

    private static async Task<(StepEnd? Over, Reply? Sent)> WhyNotAsync(PortalDb db, TurnWork work, Reply reply, CancellationToken cancel)
    {
        // An own echo among what was just applied may have settled it.
        var stored = await db.Replies.FirstAsync(r => r.Id == reply.Id, cancel);
        if (stored.State is ReplyState.Sent)
            return (null, stored);
        // This one too: it is either untried or was looked for in vain.
        await db.Replies.Where(r => r.TurnId == work.Turn.Id && (r.State == ReplyState.Pending || r.Id == reply.Id))
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.State, ReplyState.Stopped), cancel);
        var live = await Rehearsals.MaySpeakAsync(db, work.Bot.Id, work.Conversation.Id, cancel);
        return (live ? StepEnd.PeopleOwn : StepEnd.BotPaused, null);
    }

    private async Task<FarFailure?> PostAsync(TurnWork work, Reply reply, long intended, CancellationToken cancel)
    {
        // Asked before as well: no connection is opened for what may not be sent, and no circuit hears of it.
        FarResult<FreshchatMessage> posted = await MaySendAsync(work, intended, cancel)
            ? await freshchat.PostReply(work.Account!, work.Ids, reply.Text, work.Bot.AgentId, asked => MaySendAsync(work, intended, asked), cancel)
            : new FarFailure(FailureKind.Unavailable, GuardedContent.Withdrawn);
        if (posted.Failure is { Code: GuardedContent.Withdrawn } withdrawn)
        {
            // Something came between the two: it is applied first, here or by the node that is at it.
            await clock.Delay(ForOthers, work.Waits);
            return withdrawn;
        }
        work.Note("freshchat.reply", posted, clock.GetUtcNow());
        if (posted.Succeeded)
        {
            await look.SettleAsync(work, reply, posted.Value, cancel);
            return null;
        }
        if (posted.Failure.IsAmbiguous)
            return posted.Failure;
        var state = posted.Failure.IsRefusal && posted.Failure.Kind is not FailureKind.Unauthorized ? ReplyState.Refused : ReplyState.Pending;
        (reply.State, reply.ErrorCode) = (state, posted.Failure.Code);
        if (await record.WriteAsync(work, db => WriteTurn.ReplyAsync(db, reply, cancel), cancel) == 1)
            return posted.Failure;
        // The echo of an earlier request came in meanwhile: it has arrived.
        reply.State = ReplyState.Sent;
        return null;
    }

    // On a machine that is short of time an answer may be old when it is heard: then it is asked for again, as long as that helps.
    private async Task<bool> MaySendAsync(TurnWork work, long intended, CancellationToken cancel)
    {
        for (var looks = 1; ; looks++)
        {
            var asked = clock.GetTimestamp();
            if (await record.LookAsync(work, cancel) is not { Unapplied: false, Over: null })
                return false;
            lease.AssertAwake(intended);
            if (looks == MostLooks || clock.GetElapsedTime(asked) < Fresh)
                return true;
        }
    }
}
