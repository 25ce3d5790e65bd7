using Core.Bots;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Fixes the next turn of a conversation: everything that waits joins it, and members, text and creation date are committed before
/// the first far call (mammut.md 6.1).
/// </summary>
internal sealed class FormTurn(PortalStore store, ChangeFeed feed, IOptions<InboxOptions> options, TimeProvider clock)
{
    /// <summary>When the quiet window of what waits is over; null = nothing waits.</summary>
    public async Task<DateTimeOffset?> DueAsync(long conversationId, CancellationToken cancel)
    {
        await using var db = store.Read();
        var waiting = await db.Deliveries.Where(d => d.ConversationId == conversationId && d.Status == DeliveryStatus.Waiting && d.TurnId == null)
            .Select(d => new { d.ReceivedAt, d.BotId })
            .ToListAsync(cancel);
        if (waiting.Count == 0)
            return null;
        var own = await db.Bots.Where(b => b.Id == waiting[0].BotId).Select(b => b.QuietWindow).FirstOrDefaultAsync(cancel);
        var quiet = waiting.Max(d => d.ReceivedAt) + (own ?? options.Value.QuietWindow);
        var longest = waiting.Min(d => d.ReceivedAt) + InboxOptions.LongestQuiet;
        return quiet < longest ? quiet : longest;
    }

    /// <summary>Commits the turn and tells its id; null when nothing of what waited may be said any more.</summary>
    public async Task<long?> HandleAsync(long conversationId, CancellationToken cancel)
    {
        var (bot, turn) = await store.WriteAsync(db => FormAsync(db, conversationId, cancel), cancel);
        feed.Announce(bot, conversationId);
        return turn;
    }

    private async Task<(Guid, long?)> FormAsync(PortalDb db, long conversationId, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var conversation = await db.Conversations.FirstAsync(c => c.Id == conversationId, cancel);
        var bot = await db.Bots.FirstAsync(b => b.Id == conversation.BotId, cancel);
        var waiting = await db.Deliveries.Where(d => d.ConversationId == conversationId && d.Status == DeliveryStatus.Waiting && d.TurnId == null)
            .OrderBy(d => d.EventTime)
            .ThenBy(d => d.Id)
            .ToListAsync(cancel);

        // Between arrival and now people may have taken over, or the bot may have been paused.
        var history = await db.OwnershipEvents.Where(e => e.ConversationId == conversationId).ToListAsync(cancel);
        foreach (var delivery in waiting)
        {
            if (!bot.Answers)
                delivery.Ignore(bot.Status is BotStatus.Draft ? Reasons.BotDraft : Reasons.BotPaused, now);
            else if (Ownership.Now(history) is Owner.People || Ownership.At(history, delivery.EventTime) is Owner.People)
                delivery.Ignore(Reasons.PeopleOwn, now);
        }
        var members = waiting.Where(d => d.Open).ToList();
        if (members.Count == 0)
            return (bot.Id, null);

        var ids = members.Select(m => m.Id).ToList();
        var messages = await db.Messages.Where(m => ids.Contains(m.DeliveryId)).ToListAsync(cancel);
        var texts = members.Select(d => messages.First(m => m.DeliveryId == d.Id).Text).OfType<string>().ToList();
        var turn = new Turn
        {
            ConversationId = conversationId,
            BotId = bot.Id,
            Text = texts.Count == 0 ? null : string.Join('\n', texts),
            CreationDate = members[^1].EventTime,
            InteractionId = messages.First(m => m.DeliveryId == members[^1].Id).InteractionId,
            Deadline = members.Min(d => d.ReceivedAt) + options.Value.AnswerDeadline,
            StartedAt = now,
        };
        db.Add(turn);
        await db.SaveChangesAsync(cancel);
        foreach (var member in members)
            member.TurnId = turn.Id;
        foreach (var message in messages)
            message.TurnId = turn.Id;
        return (bot.Id, turn.Id);
    }
}
