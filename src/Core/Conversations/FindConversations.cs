using System.Globalization;
using Core.Bots;
using Core.Bots.Listing;
using Core.Bots.Sites;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Conversations;

/// <summary>Reads conversations.</summary>
public sealed class FindConversations(PortalStore store)
{
    /// <summary>The list, the latest event first.</summary>
    public async Task<Result<Page<ConversationSummary>>> ListAsync(
        Actor actor,
        ConversationFilter filter,
        int limit,
        string? after,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(filter);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        limit = Page.Limit(limit);
        await using var db = store.Read();
        var conversations = filter.Among(db);
        if (Cursor.Read(after) is [var at, var id] && Instant(at) is { } when && long.TryParse(id, CultureInfo.InvariantCulture, out var last))
        {
            conversations = conversations.Where(c => c.LastEventAt <= when && (c.LastEventAt < when || c.Id < last));
        }
        var found = await conversations.OrderByDescending(c => c.LastEventAt)
            .ThenByDescending(c => c.Id)
            .Take(limit + 1)
            .Join(
                db.Bots,
                c => c.BotId,
                b => b.Id,
                (c, b) =>
                    new
                    {
                        Conversation = c,
                        b.Name,
                        b.Status,
                        LastText = db.Messages.Where(m => m.ConversationId == c.Id && m.Author != Author.Note)
                            .OrderByDescending(m => m.CreatedAt)
                            .ThenByDescending(m => m.Id)
                            .Select(m => m.Text!.Substring(0, LongestText))
                            .FirstOrDefault(),
                        FirstText = db.Messages.Where(m => m.ConversationId == c.Id && m.Author == Author.Customer && m.Text != null)
                            .OrderBy(m => m.CreatedAt)
                            .ThenBy(m => m.Id)
                            .Select(m => m.Text!.Substring(0, LongestText))
                            .FirstOrDefault(),
                    }
            )
            .OrderByDescending(r => r.Conversation.LastEventAt)
            .ThenByDescending(r => r.Conversation.Id)
            .ToListAsync(cancel);
        var shown = found.Where(r => r.Conversation.Owner is Owner.Bot).Select(r => r.Conversation.Id).ToList();
        var left = shown.Count == 0 ? [] : await ConversationFilter.LeftInPause(db, shown).Select(c => c.Id).ToHashSetAsync(cancel);
        var items = found.Take(limit)
            .Select(r => new ConversationSummary(
                r.Conversation.Id.ToString(CultureInfo.InvariantCulture),
                r.Conversation.BotId,
                r.Name,
                r.Status,
                r.Conversation.FreshchatId,
                r.Conversation.UserId,
                r.Conversation.Owner,
                r.Conversation.Context,
                r.LastText,
                r.Conversation.LastEventAt
            )
            {
                FirstText = r.FirstText,
                LeftInPause = left.Contains(r.Conversation.Id),
            })
            .ToList();
        var end = found.Count > limit ? found[limit - 1].Conversation : null;
        return new Page<ConversationSummary>(
            items,
            end is null
                ? null
                : Cursor.Write(
                    end.LastEventAt.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture),
                    end.Id.ToString(CultureInfo.InvariantCulture)
                )
        );
    }

    /// <summary>One conversation, by our id, with every turn and everything that was said.</summary>
    public async Task<Result<ConversationView>> GetAsync(Actor actor, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!long.TryParse(id, CultureInfo.InvariantCulture, out var number))
            return NotFound;
        if (await db.Conversations.FirstOrDefaultAsync(c => c.Id == number && c.FreshchatId != Conversation.OfNone, cancel) is not { } conversation)
            return NotFound;
        var bot = await db.Bots.Where(b => b.Id == conversation.BotId).Select(b => new { b.Name, b.Status }).FirstAsync(cancel);
        var turns = await db.Turns.Where(t => t.ConversationId == number)
            .Include(t => t.Replies)
            .Include(t => t.Calls)
            .Include(t => t.HandOver)
            .OrderBy(t => t.Id)
            .AsSplitQuery()
            .ToListAsync(cancel);
        var messages = await db.Messages.Where(m => m.ConversationId == number).ToListAsync(cancel);
        var owned = await db.OwnershipEvents.Where(e => e.ConversationId == number).ToListAsync(cancel);
        var blocking = conversation.BlockedByTurnId is { } dead
            ? await db.Deliveries.Where(d => d.TurnId == dead).OrderByDescending(d => d.Id).Select(d => (long?)d.Id).FirstOrDefaultAsync(cancel)
            : null;
        return new ConversationView
        {
            Id = id,
            BotId = conversation.BotId,
            BotName = bot.Name,
            BotStatus = bot.Status,
            FreshchatId = conversation.FreshchatId,
            UserId = conversation.UserId,
            Owner = conversation.Owner,
            SiteId = turns.LastOrDefault()?.SiteId,
            UnknownSite = await FindUnknownSites.OfAsync(db, conversation.BotId, turns.LastOrDefault(t => t.SiteEvidence is not null)?.SiteEvidence, cancel),
            Context = conversation.Context,
            PeopleMayNotSeeIt = conversation.PeopleMayNotSeeIt,
            BlockedByDeliveryId = blocking?.ToString(CultureInfo.InvariantCulture),
            Turns = [.. turns.Select(t => TurnViews.Of(t, messages))],
            Timeline = Timeline.Of(turns, messages, owned),
        };
    }

    private static DateTimeOffset? Instant(string milliseconds) =>
        long.TryParse(milliseconds, CultureInfo.InvariantCulture, out var time)
        && time >= DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
        && time <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(time)
            : null;

    // What a row has room for.
    private const int LongestText = 200;

    private static readonly Error NotFound = new("conversation_not_found");
}
