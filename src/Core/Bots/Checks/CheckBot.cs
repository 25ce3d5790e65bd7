using Core.Bots.Accounts;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Checks;

/// <summary>Asks both far sides how a bot stands and keeps what they say (portal.md 3, <c>/check</c>).</summary>
public sealed class CheckBot(
    PortalStore store,
    ProbeFreshchat probe,
    MammutClient mammut,
    ReadBot read,
    Secrets secrets,
    ChangeFeed feed,
    TimeProvider clock
)
{
    /// <summary>Checks a live or paused bot now. While the account asks to be left alone nothing is sent: <c>rate_limited</c>.</summary>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        return await RunAsync(id, cancel) is { } error ? error : await read.HandleAsync(id, cancel);
    }

    /// <summary>Null = both sides were asked and what they said is kept, however it is.</summary>
    internal async Task<Error?> RunAsync(Guid id, CancellationToken cancel)
    {
        var (bot, misses) = await ReadAsync(id, cancel);
        if (bot is null)
            return BotErrors.NotFound;
        if (bot.Status is not (BotStatus.Live or BotStatus.Paused))
            return BotErrors.WrongStatus(bot.Status);
        var asked = clock.GetUtcNow();
        var way = BotAccount.Of(bot, secrets);
        var account = way.Succeeded ? await probe.AskAsync(way.Value, cancel) : way.Error;
        // The limit is the customers' as well; what was known stays known.
        if (account.Error is { Code: FarCode.RateLimited } limited)
            return limited;
        var user = bot.MammutId is { } mammutId ? await mammut.ReadUser(mammutId, cancel) : null;
        var (found, differences) = JudgeBot.Of(bot, account, user, asked);
        var tokenChanged = await store.WriteAsync(db => KeepAsync(db, bot, asked, found, differences, misses, cancel), cancel);
        // A token that is accepted again sets free what waits for one, and one that is refused holds it back.
        if (tokenChanged)
            feed.Announce(id);
        else
            feed.AnnounceEvents(id);
        return null;
    }

    // With the bot whether its account's events go to another address: known without asking anybody, and too dear to be found out for every row of a list.
    private async Task<(Bot? Bot, bool Misses)> ReadAsync(Guid id, CancellationToken cancel)
    {
        await using var db = store.Read();
        if (await db.Bots.FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
            return (null, false);
        var last = await db.BotActivity.Where(a => a.BotId == id).Select(a => (DateTimeOffset?)a.LastEventAt).FirstOrDefaultAsync(cancel);
        return (bot, await EventsElsewhere.OfAsync(db, bot, last, cancel) is not null);
    }

    private static async Task<bool> KeepAsync(
        PortalDb db,
        Bot checkedBot,
        DateTimeOffset asked,
        IReadOnlyList<BotCheck> found,
        IReadOnlyList<Difference> differences,
        bool misses,
        CancellationToken cancel
    )
    {
        var bot = await db.Bots.FirstAsync(b => b.Id == checkedBot.Id, cancel);
        // What was found out about settings that are gone says nothing about those that are there.
        if (bot.Version != checkedBot.Version)
            return false;
        var checkup = await db.Checkups.FirstOrDefaultAsync(c => c.BotId == bot.Id, cancel);
        // Of two that overlap the one that asked later knows better, whichever is done first.
        if (checkup is not null && checkup.Version == bot.Version && checkup.CheckedAt > asked)
            return false;
        if (checkup is null)
            db.Add(checkup = new BotCheckup { BotId = bot.Id });
        // What could not be asked this time keeps its last answer, with its time; a comparison without its differences would say nothing.
        var kept = checkup.Version == bot.Version ? checkup.Found.Where(old => old.Check is not "drift" && found.All(check => check.Check != old.Check)) : [];
        (checkup.Version, checkup.CheckedAt, checkup.Found, checkup.Differences) = (bot.Version, asked, [.. found, .. kept], differences);
        checkup.Attention = BotAttention.Worst(found, misses);

        var refused = found.Any(c => c is { Check: "token", Code: FarCode.TokenRefused });
        var accepted = found.Any(c => c is { Check: "token", State: not CheckState.Failed });
        if (refused == (bot.TokenRefusedAt is not null) || (!refused && !accepted))
            return false;
        bot.TokenRefusedAt = refused ? asked : null;
        return true;
    }
}
