using Core.Conversations;
using Core.Mammut;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Takes what a room shows and had not shown before: texts of the bot become replies, open issues become questions. Thoughts are known
/// by their ids, whichever turn or run of a turn took them (mammut.md 6.5).
/// </summary>
internal sealed class TakeThoughts(TurnRecord record, TimeProvider clock)
{
    public async Task<(bool Texts, bool Issue)> HandleAsync(TurnWork work, IReadOnlyList<MammutThought> thoughts, CancellationToken cancel)
    {
        var botId = work.Bot.MammutId!.Value;
        var texts = thoughts.Where(t => t.SenderId == botId && !string.IsNullOrEmpty(t.Text) && !work.Seen.Contains(t.Id))
            .OrderBy(t => t.CreationDate)
            .ThenBy(t => t.Id)
            .ToList();
        var issues = Issues.ToLearn(thoughts, botId, work.Conversation.VisitorId!.Value).Where(i => !work.Seen.Contains(-i.Id)).ToList();
        if (texts.Count == 0 && issues.Count == 0)
            return (false, false);
        var (fresh, issue) = await record.WriteAsync(work, db => TakeAsync(db, work, texts, issues, cancel), cancel);
        work.Seen.UnionWith(texts.Select(t => t.Id));
        // Issues and thoughts are numbered apart.
        work.Seen.UnionWith(issues.Select(i => -i.Id));
        work.Turn.Replies.AddRange(fresh);
        if (issue)
            work.Halted();
        return (fresh.Count > 0, issue);
    }

    private async Task<(List<Reply> Fresh, bool Issue)> TakeAsync(
        PortalDb db,
        TurnWork work,
        List<MammutThought> texts,
        List<MammutIssue> issues,
        CancellationToken cancel
    )
    {
        var (conversation, turn) = (work.Conversation.Id, work.Turn.Id);
        var ids = texts.Select(t => t.Id).ToList();
        var seen = await db.Replies.Where(r => r.ConversationId == conversation && ids.Contains(r.ThoughtId!.Value))
            .Select(r => r.ThoughtId!.Value)
            .ToHashSetAsync(cancel);
        var fresh = new List<Reply>();
        foreach (var text in texts.Where(t => seen.Add(t.Id)))
        {
            var reply = new Reply
            {
                TurnId = turn,
                ConversationId = conversation,
                ThoughtId = text.Id,
                // PostgreSQL keeps no U+0000.
                Text = text.Text!.Replace('\0', '\uFFFD'),
            };
            db.Add(reply);
            // One by one: the row ids are the order of sending.
            await db.SaveChangesAsync(cancel);
            fresh.Add(reply);
        }
        return (fresh, issues.Count > 0 && await AskedAsync(db, work, issues, cancel));
    }

    // True for a new issue, and for one that an earlier run of this turn had noted but not acted upon.
    private async Task<bool> AskedAsync(PortalDb db, TurnWork work, List<MammutIssue> issues, CancellationToken cancel)
    {
        var handled = await db.OpenQuestions.Where(q => q.ConversationId == work.Conversation.Id).Select(q => q.IssueId).ToHashSetAsync(cancel);
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
        if (open.Count == 0)
            return await db.OpenQuestions.AnyAsync(q => q.ConversationId == work.Conversation.Id && q.TurnId == work.Turn.Id, cancel);
        await db.Conversations.Where(c => c.Id == work.Conversation.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(c => c.RoomHalted, true), cancel);
        return true;
    }
}
