using System.Globalization;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Which deliveries.</summary>
/// <param name="Bot">Only of this bot.</param>
/// <param name="Status">Only with this status.</param>
/// <param name="Action">Only with this action, as Freshchat writes it.</param>
/// <param name="Conversation">Only of this conversation: our id or Freshchat's.</param>
/// <param name="From">Received at or after (our clock).</param>
/// <param name="To">Received before (our clock).</param>
/// <param name="Search">Part of message id, conversation id or reason.</param>
/// <param name="ActorType">Only of this author type.</param>
public sealed record DeliveryFilter(
    Guid? Bot = null,
    DeliveryStatus? Status = null,
    string? Action = null,
    string? Conversation = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    string? Search = null,
    string? ActorType = null
)
{
    // How far the order of arrival and that of storing may differ: nodes have clocks of their own.
    private static readonly TimeSpan Disorder = TimeSpan.FromMinutes(5);

    /// <summary>Of these only what customers wrote: other events may be their doing as well, as reopening is.</summary>
    public DeliveryFilter CustomersMessages() => this with { Action = "message_create", ActorType = "user" };

    /// <summary>
    /// Those deliveries, asked for so that no index is needed that every webhook would have to be entered into. An action, an author or a part of a
    /// text is looked for from the latest delivery backwards.
    /// </summary>
    internal async Task<IQueryable<Delivery>> AmongAsync(PortalDb db, CancellationToken cancel)
    {
        IQueryable<Delivery> deliveries = db.Deliveries;
        if (Bot is { } bot)
            deliveries = deliveries.Where(d => d.BotId == bot);
        if (Status is { } status)
            deliveries = With(status, deliveries, db);
        if (Action is { Length: > 0 } action)
            deliveries = deliveries.Where(d => d.Action == action);
        if (ActorType is { Length: > 0 } actorType)
            deliveries = deliveries.Where(d => d.ActorType == actorType);
        if (Conversation is { Length: > 0 } conversation)
            deliveries = await OfAsync(conversation, deliveries, db, cancel);
        if (From is { } from)
        {
            var first = await FirstAsync(db, at => at + Disorder >= from, cancel);
            deliveries = deliveries.Where(d => d.Id >= first && d.ReceivedAt >= from);
        }
        if (To is { } to)
        {
            var end = await FirstAsync(db, at => at - Disorder >= to, cancel);
            deliveries = deliveries.Where(d => d.Id < end && d.ReceivedAt < to);
        }
        if (Search?.Trim() is { Length: > 0 } part)
            deliveries = deliveries.Where(d =>
                d.MessageId!.Contains(part) || d.FreshchatConversationId!.Contains(part) || d.Reason!.Contains(part)
            );
        return deliveries;
    }

    // What is rare has an index of its own, which SQLite takes only for a condition with the same constant.
    private static IQueryable<Delivery> With(DeliveryStatus status, IQueryable<Delivery> deliveries, PortalDb db)
    {
        var rare = status switch
        {
            DeliveryStatus.Received => db.Deliveries.Where(d => d.Status == DeliveryStatus.Received),
            DeliveryStatus.Waiting => db.WaitingMessages,
            DeliveryStatus.Dead => db.Deliveries.Where(d => d.Status == DeliveryStatus.Dead),
            _ => null,
        };
        return rare is null ? deliveries.Where(d => d.Status == status) : deliveries.Where(d => rare.Select(r => r.Id).Contains(d.Id));
    }

    private static async Task<IQueryable<Delivery>> OfAsync(string conversation, IQueryable<Delivery> deliveries, PortalDb db, CancellationToken cancel)
    {
        var ids = await db.Conversations.Where(c => c.FreshchatId == conversation).Select(c => c.Id).ToListAsync(cancel);
        if (long.TryParse(conversation, NumberStyles.None, CultureInfo.InvariantCulture, out var ours))
            ids.Add(ours);
        var applied = db.Deliveries.Where(d => ids.Contains(d.ConversationId!.Value)).Select(d => d.Id);
        // Until it is applied, a webhook knows Freshchat's id alone.
        var stored = db.Deliveries.Where(d => d.Status == DeliveryStatus.Received && d.FreshchatConversationId == conversation).Select(d => d.Id);
        // An action that means nothing here belongs to no conversation of ours.
        var unknown = db.Deliveries.Where(d => d.Reason == Reasons.UnknownAction && d.FreshchatConversationId == conversation).Select(d => d.Id);
        return deliveries.Where(d => applied.Concat(stored).Concat(unknown).Contains(d.Id));
    }

    // Ids grow in the order of arrival: a time is found by halving.
    private static async Task<long> FirstAsync(PortalDb db, Func<DateTimeOffset, bool> reached, CancellationToken cancel)
    {
        var (first, end) = (1L, 1 + (await db.Deliveries.MaxAsync(d => (long?)d.Id, cancel) ?? 0));
        while (first < end)
        {
            var middle = first + (end - first) / 2;
            var found = await db.Deliveries.Where(d => d.Id >= middle).OrderBy(d => d.Id).Select(d => new { d.Id, d.ReceivedAt }).FirstOrDefaultAsync(cancel);
            if (found is null || reached(found.ReceivedAt))
                end = middle;
            else
                first = found.Id + 1;
        }
        return first;
    }
}
