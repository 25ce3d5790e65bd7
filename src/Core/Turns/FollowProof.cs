using Core.Bots;
using Core.Conversations;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Follows one customer's message on its whole way: webhook, turn, Mammut, reply, and the reply read back from Freshchat. Nothing is simulated; what is
/// followed is the first message that arrives after the proof began: of a draft the one that its rehearsal answers, of a live bot whichever is first.
/// </summary>
public sealed class FollowProof(PortalStore store, KnownBots bots, FreshchatClient freshchat, TimeProvider clock)
{
    // Enough for a busy account: the message that is followed is among the latest.
    private const int Looked = 200;

    /// <summary>How far the proof is.</summary>
    /// <param name="actor">Who proves.</param>
    /// <param name="botId">The bot.</param>
    /// <param name="since">When the proof of a live bot began (our clock); null = when it went live. A draft is proved since its rehearsal began.</param>
    /// <param name="before">What was known before: the message that is followed stays the same, and Freshchat is read no more often than it has to be.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<Result<ProofView>> HandleAsync(Actor actor, Guid botId, DateTimeOffset? since, ProofView? before, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == botId, cancel) is not { } bot)
            return BotErrors.NotFound;
        var rehearsal = bot.Status is BotStatus.Draft ? await db.Rehearsals.FirstOrDefaultAsync(r => r.BotId == botId, cancel) : null;
        if (bot.Status is BotStatus.Draft && (rehearsal is null || (rehearsal.ConversationId is null && rehearsal.BeganAt < clock.GetUtcNow() - Rehearsal.Longest)))
            return new ProofView(null, Proof.Stations(new(null, null, null, null)), null, null, null, null);
        var began = rehearsal?.BeganAt ?? since ?? bot.LiveSince ?? clock.GetUtcNow();
        var facts = await FactsAsync(db, bot, began, rehearsal?.ConversationId, before?.DeliveryId, cancel);
        var stations = Proof.Stations(facts);
        var reply = facts.Turn?.Replies.OrderBy(r => r.Id).FirstOrDefault(r => r.State is ReplyState.Sent && r.Notice is null);
        var look = before is not null && before.DeliveryId == facts.Delivery?.Id ? before.Look : null;
        if (stations[(int)ProofStop.Reply].State is StationState.Passed)
        {
            if (look is null || look.NextAt <= clock.GetUtcNow())
                look = await LookAsync(botId, facts, reply, look, cancel);
            stations[(int)ProofStop.Freshchat] = look.Station;
        }
        return new ProofView(began, stations, facts.Delivery?.MessageId, facts.Turn?.ConversationId, facts.Turn?.Text, reply?.Text)
        {
            DeliveryId = facts.Delivery?.Id,
            Look = look,
        };
    }

    private static async Task<ProofFacts> FactsAsync(PortalDb db, Bot bot, DateTimeOffset since, long? conversation, long? followed, CancellationToken cancel)
    {
        var delivery = followed is null ? null : await db.Deliveries.FirstOrDefaultAsync(d => d.Id == followed && d.BotId == bot.Id, cancel);
        // What the bot had no part in says least: it is followed only while there is nothing else.
        if (delivery is null or { Status: DeliveryStatus.Ignored })
        {
            var arrived = await db.Deliveries.Where(d => d.BotId == bot.Id && d.Kind == EventKind.MessageCreated).OrderByDescending(d => d.Id).Take(Looked).ToListAsync(cancel);
            delivery =
                arrived.Where(d => d.ActorType == "user" && d.ReceivedAt >= since)
                    .Where(d => bot.Status is not BotStatus.Draft || (conversation is null ? d.Reason != Reasons.BotDraft : d.ConversationId == conversation))
                    .OrderBy(d => d.Status is DeliveryStatus.Ignored)
                    .ThenBy(d => d.Id)
                    .FirstOrDefault() ?? delivery;
        }
        if (delivery is null)
        {
            var rejected = await db.Rejections.Where(r => r.BotId == bot.Id && r.LastAt >= since).OrderByDescending(r => r.LastAt).Select(r => r.Code).FirstOrDefaultAsync(cancel);
            return new(null, null, null, rejected);
        }
        var turn = delivery.TurnId is { } id
            ? await db.Turns.Include(t => t.Replies).Include(t => t.Calls).AsSplitQuery().FirstOrDefaultAsync(t => t.Id == id, cancel)
            : null;
        var spoke = turn is null ? null
            : turn.Relayed ? await RelayedAsync(db, turn, delivery, cancel)
            : turn.Replies.Where(r => r.Notice is null).OrderBy(r => r.Id).FirstOrDefault() is { } first ? first.IntentAt ?? turn.SaidAt
            : null;
        return new(delivery, turn, spoke, null);
    }

    // In Relay mode the bot's message comes back as an event like any other (mammut.md 7).
    private static async Task<DateTimeOffset?> RelayedAsync(PortalDb db, Turn turn, Delivery delivery, CancellationToken cancel) =>
        (
            await db.Messages.Where(m => m.ConversationId == turn.ConversationId && m.Author == Author.Bot && m.CreatedAt >= delivery.EventTime)
                .OrderBy(m => m.CreatedAt)
                .FirstOrDefaultAsync(cancel)
        )?.CreatedAt;

    private async Task<ProofLook> LookAsync(Guid botId, ProofFacts facts, Reply? reply, ProofLook? before, CancellationToken cancel)
    {
        var known = await bots.ByIdAsync(botId, cancel);
        if (known.Account is not { } account)
            return ProofLook.Failed(FarCode.TokenRefused);
        var listed = await freshchat.ListMessages(account, new(facts.Delivery!.FreshchatConversationId ?? ""), cancel);
        var now = clock.GetUtcNow();
        if (!listed.Succeeded)
            return listed.Failure.MayRepeat ? ProofLook.NotYet(before, listed.Failure.Code, listed.Failure.RetryAfter, now) : ProofLook.Failed(listed.Failure.Code);
        var there = reply is null
            ? listed.Value.Any(m => m.ActorId == known.Bot.AgentId && m.CreatedTime >= facts.Delivery.EventTime)
            : listed.Value.Any(m => m.Id == reply.FreshchatMessageId);
        return there ? ProofLook.Found(listed.Duration) : ProofLook.NotYet(before, ReplyMissing, null, now);
    }

    private const string ReplyMissing = "proof_reply_missing";
}

/// <summary>How far a proof is.</summary>
/// <param name="Since">When it began (our clock); null = it has not begun, or nobody wrote in time.</param>
/// <param name="Stations">Every station, in order.</param>
/// <param name="MessageId">Freshchat's id of the message that is followed; null = none yet.</param>
/// <param name="ConversationId">Our conversation id.</param>
/// <param name="Question">What the customer wrote.</param>
/// <param name="Answer">What the bot answered.</param>
public sealed record ProofView(
    DateTimeOffset? Since,
    IReadOnlyList<ProofStation> Stations,
    string? MessageId,
    long? ConversationId,
    string? Question,
    string? Answer
)
{
    /// <summary>Whether every station was passed.</summary>
    public bool Proved => Stations.All(s => s.State is StationState.Passed);

    /// <summary>The station at which it ended; null = it has not failed.</summary>
    public ProofStation? FailedAt => Stations.FirstOrDefault(s => s.State is StationState.Failed);

    /// <summary>When Freshchat is to be asked for the reply again; null = it need not be.</summary>
    public DateTimeOffset? LookAgainAt => Look?.NextAt;

    /// <summary>Our id of the delivery that is followed, however many come after it.</summary>
    internal long? DeliveryId { get; init; }

    /// <summary>The last look for the reply; null = none yet.</summary>
    internal ProofLook? Look { get; init; }

    /// <summary>The same proof, whose reply is looked for anew, as if it had just been posted.</summary>
    public ProofView LookAgain() => this with { Look = null };
}
