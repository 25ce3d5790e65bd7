using Core.Bots.Changes;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Takes a bot out of service for good; its webhook answers 404, its history stays.</summary>
public sealed class ArchiveBot(PortalStore store, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>Archives a bot in whatever state. The token is forgotten: nothing will be sent for this bot again.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The bot.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <param name="version">The version that is meant; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    /// <param name="only">The status in which it is meant; null = any. Another one is <c>wrong_status</c>.</param>
    public async Task<Result> HandleAsync(Actor actor, Guid id, CancellationToken cancel, int? version = null, BotStatus? only = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var refused = await store.WriteAsync(
            async db =>
            {
                if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
                    return BotErrors.NotFound;
                if (version is not null && version != bot.Version)
                    return BotErrors.VersionMismatch;
                // Asking twice is no fault, and no second change.
                if (bot.Status is BotStatus.Archived)
                    return null;
                if (only is not null && bot.Status != only)
                    return BotErrors.WrongStatus(bot.Status);
                bot.Status = BotStatus.Archived;
                bot.DraftState = null;
                (bot.ProtectedToken, bot.TokenRefusedAt) = (null, null);
                bot.Version++;
                await db.TypedDrafts.Where(t => t.BotId == id).ExecuteDeleteAsync(cancel);
                await db.Rehearsals.Where(r => r.BotId == id).ExecuteDeleteAsync(cancel);
                BotChange.Note(db, actor, bot, BotAct.Archived, clock.GetUtcNow());
                return null;
            },
            cancel
        );
        if (refused is not null)
            return refused;
        feed.Announce(id);
        return Result.Success();
    }

    /// <summary>What archiving would mean, before it is done.</summary>
    public async Task<Result<ArchiveConsequence>> ForeseeAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        await using var db = store.Read();
        if (!await db.Bots.AnyAsync(b => b.Id == id, cancel))
            return BotErrors.NotFound;
        return new ArchiveConsequence(
            await db.Conversations.CountAsync(c => c.BotId == id, cancel),
            await db.WaitingMessages.CountAsync(d => d.BotId == id, cancel)
        );
    }
}

/// <summary>What archiving a bot means.</summary>
/// <param name="Conversations">Conversations that stay readable.</param>
/// <param name="WaitingMessages">Customers' messages that will never be answered by the bot.</param>
public sealed record ArchiveConsequence(int Conversations, int WaitingMessages);
