using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Freshchat;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>Adds and removes the public keys that verify a bot's webhooks, also while it is live.</summary>
public sealed class ChangeKeys(PortalStore store, ReadBot read, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>Adds a key in whatever shape it was copied; at most <see cref="BotKey.Most"/>. A key that is there already stays as it is.</summary>
    public async Task<Result<BotView>> AddAsync(Actor actor, Guid id, string? text, CancellationToken cancel)
    {
        var key = FreshchatKey.Read(text);
        if (!key.Succeeded)
            return key.Error;
        return await ChangeAsync(
            actor,
            id,
            BotAct.KeyAdded,
            key.Value.Fingerprint,
            bot =>
            {
                if (bot.Keys.Any(k => k.Fingerprint == key.Value.Fingerprint))
                    return null;
                if (bot.Keys.Count >= BotKey.Most)
                    return new Error("public_keys_too_many", "publicKeys");
                bot.Keys.Add(WriteSettings.New(bot, key.Value, clock.GetUtcNow()));
                return null;
            },
            cancel
        );
    }

    /// <summary>Removes a key, if it is there; the last one of a live or paused bot stays, or every webhook would be refused.</summary>
    public Task<Result<BotView>> RemoveAsync(Actor actor, Guid id, string fingerprint, CancellationToken cancel) =>
        ChangeAsync(
            actor,
            id,
            BotAct.KeyRemoved,
            fingerprint,
            bot =>
            {
                if (bot.Keys.All(k => k.Fingerprint != fingerprint))
                    return null;
                if (bot.Status is BotStatus.Live or BotStatus.Paused && bot.Keys.Count <= 1)
                    return new Error("public_key_last", "publicKeys");
                bot.Keys.RemoveAll(k => k.Fingerprint == fingerprint);
                return null;
            },
            cancel
        );

    private async Task<Result<BotView>> ChangeAsync(
        Actor actor,
        Guid id,
        BotAct what,
        string fingerprint,
        Func<Bot, Error?> change,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var error = await store.WriteAsync(
            async db =>
            {
                if (await db.Bots.Include(b => b.Keys).FirstOrDefaultAsync(b => b.Id == id, cancel) is not { } bot)
                    return BotErrors.NotFound;
                if (bot.Status is BotStatus.Archived)
                    return BotErrors.WrongStatus(bot.Status);
                var count = bot.Keys.Count;
                if (change(bot) is { } refused)
                    return refused;
                // What was so already is no change, and no version.
                if (bot.Keys.Count == count)
                    return null;
                bot.Version++;
                await KeepCheckup.HandleAsync(db, bot, cancel);
                var (before, after) = what is BotAct.KeyAdded ? (default(string), fingerprint) : (fingerprint, null);
                BotChange.Note(db, actor, bot, what, clock.GetUtcNow(), [new("publicKeys", before, after)]);
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
