using System.Globalization;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Conversations;

/// <summary>Which conversations.</summary>
/// <param name="Bot">Only of this bot.</param>
/// <param name="FreshchatId">Only the one with this Freshchat id.</param>
/// <param name="Owner">Only those owned by.</param>
/// <param name="Unanswered">Only those whose customer has neither been answered nor handed over since the last message.</param>
/// <param name="Search">Part of Freshchat's id of the conversation or of the customer, or the whole of our id.</param>
/// <param name="WrittenInPause">Of those without an answer only those whose customer wrote last while the bot was paused.</param>
public sealed record ConversationFilter(
    Guid? Bot = null,
    string? FreshchatId = null,
    Owner? Owner = null,
    bool Unanswered = false,
    string? Search = null,
    bool WrittenInPause = false
)
{
    /// <summary>
    /// No index knows who waits, nor the parts of ids: they are looked for among so many conversations, those with the latest events. A whole id of
    /// a conversation, Freshchat's or ours, is found wherever it stands; that of a customer is not.
    /// </summary>
    public const int Latest = 5_000;

    /// <summary>Those conversations.</summary>
    internal IQueryable<Conversation> Among(PortalDb db)
    {
        var conversations = db.Conversations.Where(c => c.FreshchatId != Conversation.OfNone);
        if (Bot is { } bot)
            conversations = conversations.Where(c => c.BotId == bot);
        if (FreshchatId is { Length: > 0 } freshchatId)
            conversations = conversations.Where(c => c.FreshchatId == freshchatId);
        if (Owner is { } owner)
            // People's have an index of their own, which SQLite takes only for a condition with the same constant.
            conversations = owner is Conversations.Owner.People ? conversations.Where(c => c.Owner == Conversations.Owner.People) : conversations.Where(c => c.Owner == owner);
        if (Search?.Trim() is { Length: > 0 } part)
            conversations = Named(part, conversations);
        return Unanswered || WrittenInPause ? WithoutAnswer(db, LatestOf(conversations), WrittenInPause) : conversations;
    }

    /// <summary>Those of them that were left during a pause.</summary>
    internal static IQueryable<Conversation> LeftInPause(PortalDb db, IReadOnlyList<long> among) =>
        WithoutAnswer(db, db.Conversations.Where(c => among.Contains(c.Id)), leftInPause: true);

    private static IQueryable<Conversation> LatestOf(IQueryable<Conversation> conversations) =>
        conversations.OrderByDescending(c => c.LastEventAt).ThenByDescending(c => c.Id).Take(Latest);

    private static IQueryable<Conversation> Named(string part, IQueryable<Conversation> conversations)
    {
        var ours = long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1;
        var found = LatestOf(conversations)
            .Where(c => c.FreshchatId.Contains(part) || c.UserId!.Contains(part) || c.NumericId!.Contains(part))
            .Select(c => c.Id)
            .Concat(conversations.Where(c => c.FreshchatId == part).Select(c => c.Id))
            .Concat(conversations.Where(c => c.Id == ours).Select(c => c.Id));
        return conversations.Where(c => found.Contains(c.Id));
    }

    // A notice of ours is no answer. Nobody has said anything to the customer's last message, nobody was asked to, and nobody called it resolved. A hand-over that failed is none.
    // What was written before or since a pause was the bot's to answer.
    private static IQueryable<Conversation> WithoutAnswer(PortalDb db, IQueryable<Conversation> conversations, bool leftInPause)
    {
        var left = db.LeftInPause;
        return conversations.Where(c =>
            db.Messages.Where(m => m.ConversationId == c.Id && m.Author == Author.Customer)
                .OrderByDescending(m => m.CreatedAt)
                .ThenByDescending(m => m.Id)
                .Take(1)
                .Any(last =>
                    (EF.Constant(!leftInPause) || left.Any(d => d.Id == last.DeliveryId))
                    && !db.Replies.Any(r => r.TurnId == last.TurnId && r.State == ReplyState.Sent && r.Notice == null)
                    && !db.HandOvers.Any(h => h.TurnId == last.TurnId && h.TurnId != c.BlockedByTurnId)
                    && !db.Messages.Any(m =>
                        m.ConversationId == c.Id
                        && m.CreatedAt >= last.CreatedAt
                        // What Mammut's cloud posts by itself is known by its echo alone (mammut.md 7).
                        && (m.Author == Author.Person || (m.Author == Author.Bot && db.Turns.Any(t => t.Id == last.TurnId && t.Relayed)))
                    )
                    && !db.OwnershipEvents.Any(e => e.ConversationId == c.Id && e.Cause == OwnershipCause.Resolved && e.At >= last.CreatedAt)
                )
        );
    }
}
