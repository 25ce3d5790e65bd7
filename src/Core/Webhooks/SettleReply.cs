using Core.Conversations;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>An own echo proves that a reply whose answer was lost has arrived after all (freshchat.md 11).</summary>
internal static class SettleReply
{
    public static async Task ByEchoAsync(PortalDb db, long conversationId, Delivery delivery, FreshchatEvent what, CancellationToken cancel)
    {
        if (what.Message is not { Id: { } id, Text: { } text })
            return;
        if (await db.Replies.AnyAsync(r => r.ConversationId == conversationId && r.FreshchatMessageId == id, cancel))
            return;
        // Like a look into Freshchat: not before the customer's message. The running turn asks; what an ended one left behind comes
        // last, and so does what was stopped after it had been tried: it was on its way after all.
        var uncertain = await db.Replies.Where(r =>
                r.ConversationId == conversationId
                && r.Text == text
                && r.FreshchatMessageId == null
                && (r.State == ReplyState.Sending || (r.State == ReplyState.Stopped && r.IntentAt != null))
            )
            .Join(db.Turns, r => r.TurnId, t => t.Id, (Reply, Turn) => new { Reply, Turn })
            .Where(r => r.Turn.CreationDate <= delivery.EventTime)
            .OrderBy(r => r.Turn.EndedAt != null)
            .ThenBy(r => r.Reply.Id)
            .Select(r => r.Reply)
            .FirstOrDefaultAsync(cancel);
        if (uncertain is null)
            return;
        uncertain.State = ReplyState.Sent;
        uncertain.FreshchatMessageId = id;
        uncertain.PostedAt = delivery.EventTime;
        // The next echo of the same batch may bring the same text.
        await db.SaveChangesAsync(cancel);
    }
}
