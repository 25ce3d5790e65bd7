using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace Core.Turns;

/// <summary>
/// Tells the customer, once per episode and in the language of the topic, that people take over or that nobody answers now
/// (freshchat.md 12.6). What cannot be sent holds up nothing.
/// </summary>
internal sealed class TellCustomer(FreshchatClient freshchat, PostReplies post, TurnRecord record, IMemoryCache topics, TimeProvider clock)
{
    private static readonly TimeSpan TopicsFor = TimeSpan.FromMinutes(10);

    /// <summary>Null = go on; else why nothing may be sent in this conversation now.</summary>
    public async Task<StepEnd?> HandleAsync(TurnWork work, string reason, CancellationToken cancel)
    {
        if (Choose(work.Bot, reason) is not { } chosen)
            return null;
        if (work.Account is null)
            return StepEnd.Held;
        if (!work.Turn.Replies.Any(r => r.Notice is not null) && await WriteAsync(work, chosen.Notice, chosen.Text, cancel) is { } reply)
            work.Turn.Replies.Add(reply);
        var posted = await post.HandleAsync(work, cancel);
        return posted.Kind is StepKind.PeopleOwn or StepKind.Held || posted == StepEnd.BotPaused ? posted : null;
    }

    private static (Notice Notice, BilingualText Text)? Choose(Bot bot, string reason) =>
        reason switch
        {
            Reasons.BotSilent or Reasons.BotError or Reasons.Deadline => (Notice.Unavailable, bot.Messages.Unavailable),
            Reasons.DoesNotKnow or Reasons.UnsupportedContent when bot.GroupId is not null => (Notice.HandOver, bot.Messages.HandOver),
            _ => null,
        };

    private async Task<Reply?> WriteAsync(TurnWork work, Notice notice, BilingualText text, CancellationToken cancel)
    {
        if (string.IsNullOrWhiteSpace(text.Es) && string.IsNullOrWhiteSpace(text.En))
            return null;
        var said = await IsEnglishAsync(work, cancel) ? text.En : text.Es;
        if (string.IsNullOrWhiteSpace(said))
            return null;
        return await record.SaveAsync(
            work,
            async db =>
            {
                if (await ToldAsync(db, work, notice, cancel))
                    return null;
                var reply = new Reply
                {
                    TurnId = work.Turn.Id,
                    ConversationId = work.Conversation.Id,
                    Notice = notice,
                    Text = said,
                };
                db.Add(reply);
                await db.SaveChangesAsync(cancel);
                return reply;
            },
            cancel
        );
    }

    // What was posted after the episode began was read in it, even when the question that led to it is of an earlier one. Without an
    // episode's id everything since the bot was last back counts as one.
    private static async Task<bool> ToldAsync(PortalDb db, TurnWork work, Notice notice, CancellationToken cancel)
    {
        var told = await db.Replies.Where(r => r.ConversationId == work.Conversation.Id && r.Notice == notice && r.State != ReplyState.Stopped)
            .Join(db.Turns, r => r.TurnId, t => t.Id, (r, t) => new { t.InteractionId, t.CreationDate, r.PostedAt })
            .ToListAsync(cancel);
        if (told.Count == 0)
            return false;
        if (work.Turn.InteractionId is { } episode)
            return told.Any(t => t.InteractionId == episode || t.PostedAt >= Ownership.OpenedAt(episode));
        var back = await db.OwnershipEvents.Where(e => e.ConversationId == work.Conversation.Id && (e.Cause == OwnershipCause.Resolved || e.Cause == OwnershipCause.Reopened))
            .Select(e => e.At)
            .ToListAsync(cancel);
        return told.Any(t => !(back.Max() > (t.PostedAt ?? t.CreationDate)));
    }

    private async Task<bool> IsEnglishAsync(TurnWork work, CancellationToken cancel)
    {
        if (work.Conversation.ChannelId is not { } topic)
            return false;
        if (!topics.TryGetValue<IReadOnlyList<FreshchatChannel>>((work.Bot.Id, "topics"), out var known))
        {
            var listed = await freshchat.ListChannels(work.Account!, cancel);
            work.Note("freshchat.topics", listed, clock.GetUtcNow());
            if (!listed.Succeeded)
                return false;
            known = topics.Set((work.Bot.Id, "topics"), listed.Value, TopicsFor);
        }
        return known!.FirstOrDefault(t => t.Id == topic)?.Locale?.StartsWith("en", StringComparison.OrdinalIgnoreCase) is true;
    }
}
