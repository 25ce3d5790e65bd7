using System.Globalization;
using Core.Bots.Listing;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Changes;

/// <summary>Reads who changed what (portal.md 3, <c>/audit</c>).</summary>
public sealed class FindChanges(PortalStore store)
{
    /// <summary>Changes of one bot or of all, the latest first.</summary>
    public async Task<Result<Page<BotChangeView>>> ListAsync(Actor actor, Guid? botId, int limit, string? after, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        limit = Page.Limit(limit);
        await using var db = store.Read();
        var changes = db.BotChanges.Where(c => botId == null || c.BotId == botId);
        if (Cursor.Read(after) is [var last] && long.TryParse(last, CultureInfo.InvariantCulture, out var lastId))
            changes = changes.Where(c => c.Id < lastId);
        var found = await Views(db, changes).Take(limit + 1).ToListAsync(cancel);
        var next = found.Count > limit ? Cursor.Write(found[limit - 1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return new Page<BotChangeView>([.. found.Take(limit)], next);
    }

    /// <summary>What was done to a bot since the version that somebody holds, the latest first.</summary>
    public async Task<Result<IReadOnlyList<BotChangeView>>> SinceAsync(Actor actor, Guid botId, int version, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        await using var db = store.Read();
        var found = await Views(db, db.BotChanges.Where(c => c.BotId == botId && c.Version > version)).Take(200).ToListAsync(cancel);
        return Result.Success<IReadOnlyList<BotChangeView>>(found);
    }

    private static IQueryable<BotChangeView> Views(PortalDb db, IQueryable<BotChange> changes) =>
        changes
            .OrderByDescending(c => c.Id)
            .Join(db.Bots, c => c.BotId, b => b.Id, (c, b) => new BotChangeView(c.Id, c.BotId, b.Name, c.At, c.By, c.What, c.Fields, c.Version));
}

/// <summary>A change as read.</summary>
/// <param name="Id">Row id.</param>
/// <param name="BotId">The bot.</param>
/// <param name="BotName">Its name today.</param>
/// <param name="At">When (our clock).</param>
/// <param name="By">Who.</param>
/// <param name="What">What was done.</param>
/// <param name="Fields">The settings that changed with it.</param>
/// <param name="Version">The bot's version since then.</param>
public sealed record BotChangeView(
    long Id,
    Guid BotId,
    string BotName,
    DateTimeOffset At,
    string By,
    BotAct What,
    IReadOnlyList<FieldChange> Fields,
    int Version
);
