using System.Globalization;
using Core.Bots;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// Takes a delivery up again that was given up, before what waits behind it. Only what is dead is tried again: anything else would say
/// or post something twice (portal.md 3).
/// </summary>
public sealed class ReplayDelivery
{
    private readonly PortalStore _store;
    private readonly FindDeliveries _find;
    private readonly TurnRecord _record;
    private readonly DeliveryBell _bell;
    private readonly ChangeFeed _feed;

    internal ReplayDelivery(PortalStore store, FindDeliveries find, TurnRecord record, DeliveryBell bell, ChangeFeed feed) =>
        (_store, _find, _record, _bell, _feed) = (store, find, record, bell, feed);

    /// <summary>The delivery as it stands then; <c>not_dead</c> when it does not wait for another try.</summary>
    public async Task<Result<DeliveryView>> HandleAsync(Actor actor, string id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        var found = await _find.GetAsync(actor, id, cancel);
        if (!found.Succeeded)
            return found;
        if (!found.Value.MayReplay)
            return NotDead;
        var number = long.Parse(id, CultureInfo.InvariantCulture);
        await using var db = _store.Read();
        var delivery = await db.Deliveries.FirstAsync(d => d.Id == number, cancel);
        // False when somebody else was quicker: the second click finds it at work.
        if (!await _record.ReviveAsync(delivery.TurnId!.Value, cancel))
            return NotDead;
        _bell.Ring(delivery.ConversationId!.Value);
        _feed.Announce(delivery.BotId, delivery.ConversationId);
        return await _find.GetAsync(actor, id, cancel);
    }

    private static readonly Error NotDead = new("not_dead");
}
