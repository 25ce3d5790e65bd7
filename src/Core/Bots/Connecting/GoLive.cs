using Core.Bots.Accounts;
using Core.Bots.Changes;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Makes a draft answer its customers.</summary>
public sealed class GoLive(PortalStore store, ReadyDraft readyDraft, ReadBot read, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>Checks everything once more and makes the bot answer. Needs a public key and a bot in Mammut.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="cancel">Ends the checking; what Mammut is asked it is asked to the end.</param>
    /// <param name="version">The version that is meant; null = whatever is there.</param>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var ready = await readyDraft.HandleAsync(id, version, cancel);
        if (!ready.Succeeded)
            return ready.Error;
        var bot = ready.Value;
        try
        {
            if (await store.WriteAsync(db => WriteAsync(db, actor, bot, cancel), cancel) is { } refused)
                return refused;
        }
        catch (DbUpdateException e) when (StorageFaults.IsBroken(e))
        {
            // Two drafts of one account went live at the same moment: the index let one of them through.
            if (await AppIdHolder.RefusalAsync(store, bot.AppId, id, cancel) is not { } taken)
                throw;
            return taken;
        }
        feed.Announce(id);
        return await read.HandleAsync(id, cancel);
    }

    private async Task<Error?> WriteAsync(PortalDb db, Actor actor, Bot found, CancellationToken cancel)
    {
        var bot = await db.Bots.Include(b => b.Keys).FirstAsync(b => b.Id == found.Id, cancel);
        if (bot.Status is not BotStatus.Draft)
            return bot.Status is BotStatus.Live ? null : BotErrors.WrongStatus(bot.Status);
        if (await ReadyDraft.RefusalAsync(db, bot, found, cancel) is { } refused)
            return refused;
        bot.Status = BotStatus.Live;
        bot.DraftState = null;
        bot.DraftErrorCode = null;
        bot.LiveSince = clock.GetUtcNow();
        bot.Version++;
        await db.TypedDrafts.Where(t => t.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        await db.Rehearsals.Where(r => r.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        BotChange.Note(db, actor, bot, BotAct.Connected, clock.GetUtcNow());
        return null;
    }
}
