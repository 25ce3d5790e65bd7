using Core.Bots.Changes;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Checks;

/// <summary>Ends a difference between the portal and a far side: take theirs, or send ours.</summary>
public sealed class SettleDrift(PortalStore store, CheckBot check, ChangeBot change, TellMammut mammut, ReadBot read, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>
    /// Takes a far side's value into the portal, with the checks of any other change. What was shown is what is taken: when it is another by
    /// now nothing happens (<c>drift_changed</c>).
    /// </summary>
    public async Task<Result<BotView>> AdoptAsync(Actor actor, Guid id, Difference shown, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(shown);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (await check.RunAsync(id, cancel) is { } unasked)
            return unasked;
        var bot = await read.HandleAsync(id, cancel);
        if (!bot.Succeeded)
            return bot;
        if (!bot.Value.Differences.Contains(shown))
            return new Error("drift_changed");
        if (shown.Field == "agentName")
            await RenameAgentAsync(actor, id, shown, cancel);
        else if (Taken(bot.Value, shown) is not { } settings)
            return new Error("drift_not_adoptable").With("field", shown.Field);
        else if (await change.HandleAsync(actor, id, settings, bot.Value.Version, cancel, BotAct.Adopted) is { Error: { } refused })
            return refused;
        return await LookAgainAsync(id, cancel);
    }

    /// <summary>Sends Mammut everything that the portal holds (mammut.md 4.3).</summary>
    public async Task<Result<BotView>> ApplyAgainAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var bot = await read.HandleAsync(id, cancel);
        if (!bot.Succeeded)
            return bot;
        if (bot.Value.Status is not (BotStatus.Live or BotStatus.Paused))
            return BotErrors.WrongStatus(bot.Value.Status);
        if (await mammut.HandleAsync(id) is { } untold)
            return untold;
        await NoteAsync(actor, id, BotAct.AppliedAgain, [.. bot.Value.Differences.Where(d => d.MayApply).Select(d => new FieldChange(d.Field, d.Theirs, d.Ours))]);
        return await LookAgainAsync(id, cancel);
    }

    private static BotSettings? Taken(BotView bot, Difference theirs)
    {
        var settings = bot.ToSettings();
        switch (theirs.Field)
        {
            case "name":
                settings.Name = theirs.Theirs;
                break;
            case "agentId":
                settings.Freshchat.AgentId = theirs.Theirs;
                break;
            case "groupName":
                settings.Freshchat.GroupName = theirs.Theirs;
                break;
            // Another App ID is another account.
            default:
                return null;
        }
        return settings;
    }

    // A name that people read: no turn depends on it, and no version.
    private async Task RenameAgentAsync(Actor actor, Guid id, Difference theirs, CancellationToken cancel)
    {
        await store.WriteAsync(db => db.Bots.Where(b => b.Id == id).ExecuteUpdateAsync(row => row.SetProperty(b => b.AgentName, theirs.Theirs), cancel), cancel);
        await NoteAsync(actor, id, BotAct.Adopted, [new("agentName", theirs.Ours, theirs.Theirs)]);
    }

    private Task NoteAsync(Actor actor, Guid id, BotAct what, IReadOnlyList<FieldChange> fields) =>
        store.WriteAsync(
            async db => BotChange.Note(db, actor, await db.Bots.FirstAsync(b => b.Id == id), what, clock.GetUtcNow(), fields),
            CancellationToken.None
        );

    // What was settled is shown as settled; a far side that does not answer now is no fault of the settling.
    private async Task<Result<BotView>> LookAgainAsync(Guid id, CancellationToken cancel)
    {
        await check.RunAsync(id, cancel);
        feed.Announce(id);
        return await read.HandleAsync(id, cancel);
    }
}
