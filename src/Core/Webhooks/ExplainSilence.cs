using System.Globalization;
using Core.Bots;
using Core.Conversations;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Webhooks;

/// <summary>Tells why customers' messages of a conversation have no answer (yet).</summary>
public sealed class ExplainSilence(PortalStore store)
{
    /// <summary>By our id of the delivery that brought the message; what was answered is left out. Nothing for a conversation that is not there.</summary>
    public async Task<Result<IReadOnlyDictionary<string, Silence>>> HandleAsync(Actor actor, string conversationId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var around = long.TryParse(conversationId, CultureInfo.InvariantCulture, out var id)
            ? await db.Conversations.Where(c => c.Id == id && c.FreshchatId != Conversation.OfNone)
                .Join(db.Bots, c => c.BotId, b => b.Id, (c, b) => new { c.BlockedByTurnId, b.TokenRefusedAt })
                .FirstOrDefaultAsync(cancel)
            : null;
        if (around is null)
            return Result.Success<IReadOnlyDictionary<string, Silence>>(new Dictionary<string, Silence>());
        var messages = await db.Deliveries.Where(d => d.ConversationId == id && d.Kind == EventKind.MessageCreated && d.ActorType == "user")
            .Select(d => new { d.Id, d.Status, d.Reason, d.TurnId, d.EventTime })
            .ToListAsync(cancel);
        var turns = await db.Turns.Where(t => t.ConversationId == id)
            .Select(t => new
            {
                t.Id,
                t.Stage,
                Answered = t.Replies.Any(r => r.State == ReplyState.Sent && r.Notice == null) || (t.HandOver != null && t.Id != around.BlockedByTurnId),
            })
            .ToDictionaryAsync(t => t.Id, t => new TurnStanding(t.Stage, t.Answered), cancel);
        var person = await db.Messages.Where(m => m.ConversationId == id && m.Author == Author.Person).MaxAsync(m => (DateTimeOffset?)m.CreatedAt, cancel);
        // What was resolved waits for nobody.
        var resolved = await db.OwnershipEvents.Where(e => e.ConversationId == id && e.Cause == OwnershipCause.Resolved).MaxAsync(e => (DateTimeOffset?)e.At, cancel);
        var runs = turns.Values.Any(t => t.Stage is not TurnStage.Ended);
        var silent = messages.Select(m =>
            Silence.Of(
                m.Id.ToString(CultureInfo.InvariantCulture),
                m.Status,
                m.Reason,
                m.TurnId is { } turn ? turns.GetValueOrDefault(turn) : null,
                new(around.BlockedByTurnId is not null, around.TokenRefusedAt is not null, runs, person >= m.EventTime || resolved >= m.EventTime)
            )
        );
        return Result.Success<IReadOnlyDictionary<string, Silence>>(silent.OfType<Silence>().ToDictionary(s => s.DeliveryId));
    }
}
