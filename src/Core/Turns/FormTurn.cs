using Core.Bots;
using Core.Bots.Connecting;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Turns;

/// <summary>
/// Fixes the next turn of a conversation: everything that waits joins it, and members, text and creation date are committed before
/// the first far call (mammut.md 6.1), together with the lease of the conversation.
/// </summary>
internal sealed class FormTurn(PortalStore store, KnownBots bots, Lease lease, ChangeFeed feed, IOptions<InboxOptions> options, TimeProvider clock)
{
    // Asked twice a turn: compiled once.
    private readonly Func<PortalDb, long, IAsyncEnumerable<WaitingDelivery>> _waiting = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId) =>
            db.Deliveries.Where(d => d.ConversationId == conversationId && d.Status == DeliveryStatus.Waiting && d.TurnId == null)
                .Select(d => new WaitingDelivery(d.BotId, d.ReceivedAt))
    );

    // Every turn is formed while others wait to write: what is read for it is compiled once.
    private readonly Func<PortalDb, long, CancellationToken, Task<Conversation>> _conversation = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId, CancellationToken _) => db.Conversations.AsNoTracking().First(c => c.Id == conversationId)
    );
    private readonly Func<PortalDb, long, CancellationToken, Task<bool>> _unfinished = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId, CancellationToken _) => db.Turns.Any(t => t.ConversationId == conversationId && t.EndedAt == null)
    );
    private readonly Func<PortalDb, long, IAsyncEnumerable<Delivery>> _deliveries = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId) =>
            db.Deliveries.Where(d => d.ConversationId == conversationId && d.Status == DeliveryStatus.Waiting && d.TurnId == null)
                .OrderBy(d => d.EventTime)
                .ThenBy(d => d.Id)
                .AsTracking()
    );
    private readonly Func<PortalDb, long, IAsyncEnumerable<Message>> _messages = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId) =>
            db.Deliveries.Where(d => d.ConversationId == conversationId && d.Status == DeliveryStatus.Waiting && d.TurnId == null)
                .Join(db.Messages, d => d.Id, m => m.DeliveryId, (_, m) => m)
                .AsNoTracking()
    );
    private readonly Func<PortalDb, long, IAsyncEnumerable<OwnershipEvent>> _history = EF.CompileAsyncQuery(
        (PortalDb db, long conversationId) => db.OwnershipEvents.AsNoTracking().Where(e => e.ConversationId == conversationId)
    );

    /// <summary>When the quiet window of what waits is over; null = nothing waits.</summary>
    public async Task<DateTimeOffset?> DueAsync(PortalDb db, long conversationId, CancellationToken cancel)
    {
        var (botId, first, last, any) = (Guid.Empty, DateTimeOffset.MaxValue, DateTimeOffset.MinValue, false);
        await foreach (var waiting in _waiting(db, conversationId).WithCancellation(cancel))
        {
            (botId, any) = (waiting.BotId, true);
            first = first < waiting.ReceivedAt ? first : waiting.ReceivedAt;
            last = last > waiting.ReceivedAt ? last : waiting.ReceivedAt;
        }
        if (!any)
            return null;
        var bot = await bots.ByIdAsync(botId, cancel);
        if (bot.Relays)
            return first;
        var quiet = last + (bot.Bot.QuietWindow ?? options.Value.QuietWindow);
        var longest = first + InboxOptions.LongestQuiet;
        return quiet < longest ? quiet : longest;
    }

    /// <summary>Commits the turn; null when nothing of what waited may be said any more, or another node is at work.</summary>
    public async Task<TurnWork?> HandleAsync(long conversationId, CancellationToken waits, CancellationToken cancel)
    {
        KnownBot? known = null;
        var (turn, conversation) = await store.WriteToAsync(
            conversationId,
            async db =>
            {
                var conversation = await _conversation(db, conversationId, cancel);
                known = await bots.ByIdAsync(conversation.BotId, cancel);
                return (await FormAsync(db, conversation, known, cancel), conversation);
            },
            cancel
        );
        feed.Announce(conversation.BotId, conversationId);
        return turn is null ? null : new(turn, conversation, known!, waits);
    }

    private async Task<Turn?> FormAsync(PortalDb db, Conversation conversation, KnownBot known, CancellationToken cancel)
    {
        if (!await lease.TakeAsync(db, conversation.Id, cancel))
            return null;
        // Another node may have formed it and given up since; it is resumed, not formed again.
        if (await _unfinished(db, conversation.Id, cancel))
            return null;
        var waiting = await _deliveries(db, conversation.Id).ToListAsync(cancel);
        await SiftAsync(db, conversation, known, waiting, cancel);
        var members = waiting.Where(d => d.Open).ToList();
        if (members.Count == 0)
        {
            await lease.ReleaseAsync(db, conversation.Id, unlessWaiting: false, cancel);
            return null;
        }
        // mammut.md 7: one at a time, in the order in which they came.
        return await CommitAsync(db, conversation, known, known.Relays ? [members.MinBy(d => d.Id)!] : members, cancel);
    }

    // Between arrival and now people may have taken over, the bot may have been paused, or its mode may have been changed.
    private async Task SiftAsync(PortalDb db, Conversation conversation, KnownBot known, List<Delivery> waiting, CancellationToken cancel)
    {
        var (now, bot) = (clock.GetUtcNow(), known.Bot);
        var history = await _history(db, conversation.Id).ToListAsync(cancel);
        var answers = bot.Answers || (bot.Status is BotStatus.Draft && await Rehearsals.MaySpeakAsync(db, bot.Id, conversation.Id, cancel));
        foreach (var delivery in waiting)
        {
            if (!answers)
                delivery.Ignore(bot.Status is BotStatus.Draft ? Reasons.BotDraft : Reasons.BotPaused, now);
            else if (known.Relays)
                continue;
            else if (delivery.Kind is not EventKind.MessageCreated)
                delivery.Handle(Reasons.StateEvent, now);
            else if (delivery.ActorType != "user")
                delivery.Ignore(Reasons.NotAUser, now);
            else if (Ownership.Now(history) is Owner.People || Ownership.At(history, delivery.EventTime) is Owner.People)
                delivery.Ignore(Reasons.PeopleOwn, now);
        }
    }

    private async Task<Turn> CommitAsync(PortalDb db, Conversation conversation, KnownBot known, List<Delivery> members, CancellationToken cancel)
    {
        var ids = members.Select(m => m.Id).ToList();
        var messages = await _messages(db, conversation.Id).ToListAsync(cancel);
        var texts = members.Select(d => messages.Find(m => m.DeliveryId == d.Id && m.Author is Author.Customer)?.Text).OfType<string>().ToList();
        var turn = new Turn
        {
            ConversationId = conversation.Id,
            BotId = known.Bot.Id,
            Relayed = known.Relays,
            Text = texts.Count == 0 ? null : string.Join('\n', texts),
            CreationDate = members[^1].EventTime,
            InteractionId = messages.Find(m => m.DeliveryId == members[^1].Id)?.InteractionId,
            Deadline = members.Min(d => d.ReceivedAt) + options.Value.AnswerDeadline,
            StartedAt = clock.GetUtcNow(),
        };
        db.Add(turn);
        await db.SaveChangesAsync(cancel);
        await WriteTurn.MembersAsync(db, turn, ids, cancel);
        return turn;
    }

    private sealed record WaitingDelivery(Guid BotId, DateTimeOffset ReceivedAt);
}
