using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Live ↔ Paused.</summary>
public sealed class PauseBot(PortalStore store, ReadBot read, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>Stops answering; events are still followed.</summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The bot.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <param name="version">The version that is meant; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    public Task<Result<BotView>> PauseAsync(Actor actor, Guid id, CancellationToken cancel, int? version = null) =>
        MoveAsync(actor, id, BotStatus.Live, BotStatus.Paused, version, cancel);

    /// <summary>Answers again what comes from now on.</summary>
    /// <inheritdoc cref="PauseAsync" path="/param" />
    public Task<Result<BotView>> ResumeAsync(Actor actor, Guid id, CancellationToken cancel, int? version = null) =>
        MoveAsync(actor, id, BotStatus.Paused, BotStatus.Live, version, cancel);

    private async Task<Result<BotView>> MoveAsync(Actor actor, Guid id, BotStatus from, BotStatus to, int? version, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        var error = await store.WriteAsync(
            async db =>
            {
                if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
                    return BotErrors.NotFound;
                if (version is not null && version != bot.Version)
                    return BotErrors.VersionMismatch;
                // Asking twice is no fault: the second click of an impatient admin finds what it wanted.
                if (bot.Status == to)
                    return null;
                if (bot.Status != from)
                    return BotErrors.WrongStatus(bot.Status);
                bot.Status = to;
                if (to is BotStatus.Live)
                    bot.LiveSince = clock.GetUtcNow();
                bot.Version++;
                await KeepCheckup.HandleAsync(db, bot, cancel);
                BotChange.Note(db, actor, bot, to is BotStatus.Live ? BotAct.Resumed : BotAct.Paused, clock.GetUtcNow());
                return null;
            },
            cancel
        );
        if (error is not null)
            return error;
        feed.Announce(id);
        return await read.HandleAsync(id, cancel);
    }
}
