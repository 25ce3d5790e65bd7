using Core.Bots;
using Core.Bots.Connecting;
using Core.Conversations;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Passes one webhook on to Mammut's cloud, which answers in Freshchat and assigns by itself (mammut.md 7). Neither a person who took
/// over nor the answer deadline ends it: the cloud must hear everything, in order. When the attempts are used up it is dead, and what
/// came after it waits behind it.
/// </summary>
internal sealed class RelayDelivery(MammutClient mammut, FindSite findSite, PortalStore store, KnownBots bots, TurnRecord record, Persist persist, Lease lease, TimeProvider clock)
{
    public async Task<StepEnd> HandleAsync(TurnWork work, CancellationToken cancel)
    {
        if (await ReadAsync(work, cancel) is not { } webhook)
            return GivenUp(work);
        var paused = false;
        var end = await persist.RunAsync(
            work,
            async () =>
            {
                paused = !await Rehearsals.MaySpeakAsync(store, (await bots.ByIdAsync(work.Bot.Id, cancel)).Bot, work.Conversation.Id, cancel);
                return paused ? null : await SendAsync(work, webhook, cancel);
            },
            _ => null,
            GivenUp(work),
            deadline: false,
            cancel
        );
        if (paused)
            return StepEnd.BotPaused;
        return end.Kind is StepKind.Done ? StepEnd.Stop(Reasons.Relayed) : end;
    }

    private async Task<FarFailure?> SendAsync(TurnWork work, RelayedWebhook webhook, CancellationToken cancel)
    {
        var (turn, intended) = (work.Turn, clock.GetTimestamp());
        if (turn.Stage is not TurnStage.Saying)
        {
            await findSite.HandleAsync(work, cancel);
            (turn.Stage, turn.SayIntentAt) = (TurnStage.Saying, clock.GetUtcNow());
            await record.SaveAsync(work, cancel);
        }
        lease.AssertAwake(intended);
        var sent = await mammut.Relay(webhook with { SubChannel = turn.Context, RetryCount = turn.Attempts }, cancel);
        work.Note("mammut.relay", sent, clock.GetUtcNow());
        return sent.Failure;
    }

    // Null when its bytes have been purged: there is nothing left to pass on.
    private async Task<RelayedWebhook?> ReadAsync(TurnWork work, CancellationToken cancel)
    {
        await using var db = store.Read();
        var stored = await db.Deliveries.Where(d => d.TurnId == work.Turn.Id)
            .Join(db.Payloads, d => d.Id, p => p.DeliveryId, (d, p) => new { p.Body, p.ContentType, p.Signature, d.PayloadVersion })
            .FirstOrDefaultAsync(cancel);
        return stored is null
            ? null
            : new(work.Bot.MammutId!.Value, stored.Body)
            {
                ContentType = stored.ContentType,
                Signature = stored.Signature,
                PayloadVersion = stored.PayloadVersion,
            };
    }

    // Once the bot is in Rooms mode again, nothing waits behind what the cloud did not take.
    private static StepEnd GivenUp(TurnWork work) => work.BotRelays ? StepEnd.Dead(Reasons.BotError) : StepEnd.Stop(Reasons.BotError);
}
