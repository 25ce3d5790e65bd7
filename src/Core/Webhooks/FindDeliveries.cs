using System.Globalization;
using System.Text;
using Core.Bots;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Reads deliveries: the log of everything Freshchat sent.</summary>
public sealed class FindDeliveries(PortalStore store)
{
    /// <summary>The list, the latest first; without attempts, which only the single read shows.</summary>
    public async Task<Result<Page<DeliveryView>>> ListAsync(Actor actor, DeliveryFilter filter, int limit, string? after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(filter);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        limit = Page.Limit(limit);
        await using var db = store.Read();
        var deliveries = await filter.AmongAsync(db, cancel);
        if (Cursor.Read(after) is [var id] && long.TryParse(id, CultureInfo.InvariantCulture, out var last))
            deliveries = deliveries.Where(d => d.Id < last);
        var found = await Joined(db, deliveries.OrderByDescending(d => d.Id).Take(limit + 1)).ToListAsync(cancel);
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].Delivery.Id.ToString(CultureInfo.InvariantCulture)) : null;
        return new Page<DeliveryView>([.. found.Take(limit).Select(row => View(row))], next);
    }

    /// <summary>One delivery with the requests made for its turn.</summary>
    public async Task<Result<DeliveryView>> GetAsync(Actor actor, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!long.TryParse(id, CultureInfo.InvariantCulture, out var number))
            return NotFound;
        var row = await Joined(db, db.Deliveries.Where(d => d.Id == number)).FirstOrDefaultAsync(cancel);
        if (row is null)
            return NotFound;
        var calls = await db.TurnCalls.Where(c => c.TurnId == row.Delivery.TurnId).OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(cancel);
        var dead = row.Delivery is { Status: DeliveryStatus.Dead, TurnId: not null };
        return View(row) with
        {
            // After people have taken the conversation by themselves nothing is owed any more.
            MayReplay = dead && await db.Conversations.AnyAsync(c => c.Id == row.Delivery.ConversationId && c.BlockedByTurnId == row.Delivery.TurnId, cancel),
            Attempts = [.. calls.Select(c => new AttemptView(c.Step, c.At, c.Milliseconds, c.HttpStatus, c.Code))],
        };
    }

    /// <summary>The body as it was received; null when it has been purged.</summary>
    public async Task<Result<string?>> PayloadAsync(Actor actor, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!long.TryParse(id, CultureInfo.InvariantCulture, out var number) || !await db.Deliveries.AnyAsync(d => d.Id == number, cancel))
            return NotFound;
        var body = await db.Payloads.Where(p => p.DeliveryId == number).Select(p => p.Body).FirstOrDefaultAsync(cancel);
        return Result.Success(body is null ? null : Encoding.UTF8.GetString(body));
    }

    // What a row has room for.
    private const int LongestText = 200;

    private static readonly Error NotFound = new("delivery_not_found");

    private static IQueryable<Row> Joined(PortalDb db, IQueryable<Delivery> deliveries) =>
        from delivery in deliveries
        join bot in db.Bots on delivery.BotId equals bot.Id
        join turn in db.Turns on delivery.TurnId equals (long?)turn.Id into turns
        from turn in turns.DefaultIfEmpty()
        join message in db.Messages on delivery.Id equals message.DeliveryId into messages
        from message in messages.DefaultIfEmpty()
        orderby delivery.Id descending
        select new Row(delivery, bot.Name, turn, message.Text!.Substring(0, LongestText));

    private static DeliveryView View(Row row)
    {
        var (delivery, turn) = (row.Delivery, row.Turn);
        return new()
        {
            Id = delivery.Id.ToString(CultureInfo.InvariantCulture),
            BotId = delivery.BotId,
            BotName = row.BotName,
            // What names no conversation is kept in order, but nobody can open it.
            ConversationId = delivery.FreshchatConversationId is null ? null : delivery.ConversationId?.ToString(CultureInfo.InvariantCulture),
            FreshchatConversationId = delivery.FreshchatConversationId,
            Action = delivery.Action,
            MessageId = delivery.MessageId,
            ActorType = delivery.ActorType,
            Text = row.Text,
            ReceivedAt = delivery.ReceivedAt,
            EventTime = delivery.EventTime,
            RetryCount = delivery.RetryCount,
            Duplicates = delivery.Duplicates,
            Status = delivery.Status,
            Reason = delivery.Reason,
            SiteId = turn?.SiteId,
            SiteRule = turn is { SiteRulePosition: { } position, SiteFoundIn: { } foundIn } ? new(position, foundIn) : null,
            Context = turn?.Context,
            TurnId = delivery.TurnId?.ToString(CultureInfo.InvariantCulture),
            PayloadVersion = delivery.PayloadVersion,
            KeyFingerprint = delivery.KeyFingerprint,
            TraceId = delivery.TraceId,
        };
    }

    private sealed record Row(Delivery Delivery, string BotName, Conversations.Turn? Turn, string? Text);
}
