using Core.Conversations;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Reads the room until the bot has answered: each new text is posted at once, silence for the grace window after the last one ends
/// the turn, an open issue means that the bot does not know (mammut.md 6.5, 8).
/// </summary>
internal sealed class ListenToBot(
    MammutClient mammut,
    PostReplies post,
    PortalStore store,
    TurnRecord record,
    IOptions<MammutOptions> options,
    IOptions<InboxOptions> inbox,
    TimeProvider clock
)
{
    public async Task<StepEnd> HandleAsync(long turnId, CancellationToken cancel)
    {
        var work = await record.ReadAsync(turnId, cancel);
        var began = clock.GetUtcNow();
        var end = await ListenAsync(work, cancel);
        await record.NoteAsync(work, "mammut.listen", clock.GetUtcNow() - began, null, end.Reason, cancel);
        return end;
    }

    private async Task<StepEnd> ListenAsync(TurnWork work, CancellationToken cancel)
    {
        var saidAt = work.Turn.SaidAt!.Value;
        var heardAt = work.Turn.Replies.Count > 0 ? clock.GetUtcNow() : (DateTimeOffset?)null;
        // Texts that an earlier run of this turn had taken but not sent come first.
        if (await post.HandleAsync(work.Turn.Id, cancel) is { Kind: not StepKind.Done } unsent)
            return unsent;
        for (var failed = 0; ; )
        {
            var told = TimeSpan.Zero;
            if (await record.StoppedAsync(work, cancel) is { } over)
                return over;
            var read = await mammut.Thoughts(work.Conversation.RoomId!.Value, work.Turn.CreationDate - options.Value.SinceMargin, cancel);
            if (read.Succeeded)
            {
                failed = 0;
                var (texts, issue) = await TakeAsync(work, read.Value, cancel);
                if (texts)
                {
                    if (await post.HandleAsync(work.Turn.Id, cancel) is { Kind: not StepKind.Done } stopped)
                        return stopped;
                    heardAt = clock.GetUtcNow();
                }
                if (issue)
                    return StepEnd.HandOver(Reasons.DoesNotKnow);
            }
            else
            {
                await record.NoteAsync(work, "mammut.listen", read, cancel);
                told = read.Failure.RetryAfter ?? TimeSpan.Zero;
                if (read.Failure.CountsAsAttempt && ++failed >= inbox.Value.MaxAttempts && heardAt is null)
                    return StepEnd.HandOver(Reasons.BotError);
            }
            var now = clock.GetUtcNow();
            if (heardAt is { } heard && now - heard >= options.Value.GraceWindow)
                return StepEnd.Done;
            if (heardAt is null && now >= work.Turn.Deadline)
                return StepEnd.HandOver(Reasons.BotSilent);
            var pause = Pause(now, saidAt, heardAt, work.Turn.Deadline);
            await Task.Delay(told > pause ? told : pause, clock, cancel);
        }
    }

    // The next read of the schedule, but never past the end of the grace window or the deadline: both get a last read.
    private TimeSpan Pause(DateTimeOffset now, DateTimeOffset saidAt, DateTimeOffset? heardAt, DateTimeOffset deadline)
    {
        var next = saidAt + ListeningSchedule.Next(now - saidAt, options.Value);
        var end = heardAt is { } heard ? heard + options.Value.GraceWindow : deadline;
        var pause = (next < end ? next : end) - now;
        return pause > TimeSpan.Zero ? pause : TimeSpan.Zero;
    }

    // Thoughts are known by id: what this room has shown before is neither sent nor counted again.
    private async Task<(bool Texts, bool Issue)> TakeAsync(TurnWork work, IReadOnlyList<MammutThought> thoughts, CancellationToken cancel)
    {
        var botId = work.Bot.MammutId!.Value;
        var texts = thoughts.Where(t => t.SenderId == botId && !string.IsNullOrEmpty(t.Text)).OrderBy(t => t.CreationDate).ThenBy(t => t.Id).ToList();
        var issues = Issues.ToLearn(thoughts, botId, work.Conversation.VisitorId!.Value);
        if (texts.Count == 0 && issues.Count == 0)
            return (false, false);
        return await store.WriteAsync(
            async db =>
            {
                var seen = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && r.ThoughtId != null)
                    .Select(r => r.ThoughtId!.Value)
                    .ToHashSetAsync(cancel);
                var handled = await db.OpenQuestions.Where(q => q.ConversationId == work.Conversation.Id).Select(q => q.IssueId).ToHashSetAsync(cancel);
                var fresh = texts.Where(t => seen.Add(t.Id)).ToList();
                foreach (var text in fresh)
                {
                    db.Add(
                        new Reply
                        {
                            TurnId = work.Turn.Id,
                            ConversationId = work.Conversation.Id,
                            ThoughtId = text.Id,
                            Text = text.Text!,
                        }
                    );
                    // One by one: the row ids are the order of sending.
                    await db.SaveChangesAsync(cancel);
                }
                var open = issues.Where(i => handled.Add(i.Id)).ToList();
                foreach (var issue in open)
                {
                    db.Add(
                        new OpenQuestion
                        {
                            BotId = work.Bot.Id,
                            ConversationId = work.Conversation.Id,
                            TurnId = work.Turn.Id,
                            IssueId = issue.Id,
                            At = clock.GetUtcNow(),
                        }
                    );
                }
                if (open.Count > 0)
                    (await db.Conversations.FirstAsync(c => c.Id == work.Conversation.Id, cancel)).RoomHalted = true;
                // An issue that an earlier run of this turn had noted, but not acted upon, is this turn's all the same.
                var noted = await db.OpenQuestions.AnyAsync(q => q.TurnId == work.Turn.Id, cancel);
                return (fresh.Count > 0, open.Count > 0 || noted);
            },
            cancel
        );
    }
}
