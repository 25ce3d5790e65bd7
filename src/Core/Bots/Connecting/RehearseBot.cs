using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Begins the proof of a draft: it answers in one conversation, that of the first customer who writes from now on (freshchat.md 10, row 0).</summary>
public sealed class RehearseBot(PortalStore store, ReadyDraft readyDraft, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>
    /// Checks everything as going live does, then begins; a rehearsal that runs already begins anew. It fails as going live does.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft.</param>
    /// <param name="cancel">Ends the checking.</param>
    /// <returns>When it began (our clock).</returns>
    public async Task<Result<DateTimeOffset>> HandleAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var ready = await readyDraft.HandleAsync(id, null, cancel);
        if (!ready.Succeeded)
            return ready.Error;
        var began = clock.GetUtcNow();
        if (await store.WriteAsync(db => BeginAsync(db, ready.Value, began, cancel), cancel) is { } refused)
            return refused;
        feed.Announce(id);
        return began;
    }

    private static async Task<Error?> BeginAsync(PortalDb db, Bot ready, DateTimeOffset now, CancellationToken cancel)
    {
        var bot = await db.Bots.Include(b => b.Keys).FirstAsync(b => b.Id == ready.Id, cancel);
        if (bot.Status is not BotStatus.Draft)
            return BotErrors.WrongStatus(bot.Status);
        if (await ReadyDraft.RefusalAsync(db, bot, ready, cancel) is { } refused)
            return refused;
        if (await db.Rehearsals.AsTracking().FirstOrDefaultAsync(r => r.BotId == bot.Id, cancel) is { } running)
            (running.BeganAt, running.ConversationId) = (now, null);
        else
            db.Add(new Rehearsal { BotId = bot.Id, BeganAt = now });
        return null;
    }
}
