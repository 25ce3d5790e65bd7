using Core.Bots.Changes;
using Core.Bots.Checks;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Reads and changes a bot's site rules; a change holds from the next turn on, for messages that wait as well.</summary>
public sealed class MapSites(PortalStore store, ChangeFeed feed, TimeProvider clock)
{
    /// <summary>The rules in order with the default context, and the mark by which <see cref="SaveAsync"/> knows them again.</summary>
    public async Task<Result<SiteMap>> ReadAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        return await db.Bots.Include(b => b.Sites).FirstOrDefaultAsync(b => b.Id == botId, cancel) is { } bot ? Map(bot) : BotErrors.NotFound;
    }

    /// <summary>Replaces the whole list (operator).</summary>
    /// <param name="actor">Who.</param>
    /// <param name="botId">The bot.</param>
    /// <param name="rules">The rules in order.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <param name="version">The version of the bot that is meant; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    public Task<Result<SiteMap>> ReplaceAsync(Actor actor, Guid botId, IReadOnlyList<SiteRuleSettings> rules, CancellationToken cancel, int? version = null) =>
        WriteAsync(actor, botId, rules, bot => version is not null && version != bot.Version ? BotErrors.VersionMismatch : Put(bot, rules), cancel);

    /// <summary>
    /// Replaces the list and the default context (operator), unless others have changed them since they were read:
    /// <c>sites_changed</c>. Without a mark whatever stands there is replaced.
    /// </summary>
    public Task<Result<SiteMap>> SaveAsync(Actor actor, Guid botId, SiteMap map, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(map);
        return WriteAsync(
            actor,
            botId,
            map.Rules,
            bot =>
            {
                if (map.Mark is { } mark && mark != Mark(bot))
                    return Changed;
                if (map.DefaultContext?.Trim().Length > SiteRules.LongestText)
                    return new Error("too_long", "defaultContext");
                if (!BotSettingsValidator.IsPlain(map.DefaultContext))
                    return new Error("control_characters", "defaultContext");
                bot.DefaultContext = string.IsNullOrWhiteSpace(map.DefaultContext) ? null : map.DefaultContext.Trim();
                return Put(bot, map.Rules);
            },
            cancel
        );
    }

    /// <summary>Maps one value (operator): a rule behind all others, whatever others are editing. A rule that is there already gets the context.</summary>
    public Task<Result<SiteMap>> MapAsync(Actor actor, Guid botId, SiteRuleSettings rule, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return WriteAsync(
            actor,
            botId,
            [rule],
            bot =>
            {
                var rules = Map(bot).Rules.ToList();
                if (rules.Find(r => r.Source == rule.Source && r.SiteId == rule.SiteId.Trim()) is { } known)
                    known.Context = rule.Context;
                else
                    rules.Add(rule);
                return rules.Count > SiteRules.Most ? new Error("sites_too_many", "sites") : Put(bot, rules);
            },
            cancel
        );
    }

    private static readonly Error Changed = new("sites_changed", "sites");

    private async Task<Result<SiteMap>> WriteAsync(
        Actor actor,
        Guid botId,
        IReadOnlyList<SiteRuleSettings> rules,
        Func<Bot, Error?> change,
        CancellationToken cancel
    )
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Operator))
            return BotErrors.RoleTooLow(Role.Operator);
        var faults = new List<ValidationFailure>();
        SiteRules.Check(rules, faults.Add);
        if (faults is [var first, ..])
            return new Error(first.ErrorCode, first.PropertyName);

        var written = await store.WriteAsync<Result<SiteMap>>(
            async db =>
            {
                if (await db.Bots.Include(b => b.Sites).FirstOrDefaultAsync(b => b.Id == botId, cancel) is not { } bot)
                    return BotErrors.NotFound;
                if (bot.Status is BotStatus.Archived)
                    return BotErrors.WrongStatus(bot.Status);
                var before = Settings(bot);
                if (change(bot) is { } refused)
                    return refused;
                // What was so already is no change, and no version.
                if (BotField.Between(before, Settings(bot)) is { Count: > 0 } changes)
                {
                    bot.Version++;
                    await KeepCheckup.HandleAsync(db, bot, cancel);
                    BotChange.Note(db, actor, bot, BotAct.SitesMapped, clock.GetUtcNow(), changes);
                }
                var values = bot.Sites.Select(r => r.SiteId).ToList();
                var unknown = await db.UnknownSites.Where(u => u.BotId == botId && values.Contains(u.Value)).ToListAsync(cancel);
                db.RemoveRange(unknown.Where(site => bot.Sites.Exists(r => FindUnknownSites.Covers(r, site))));
                return Map(bot);
            },
            cancel
        );
        if (written.Succeeded)
            feed.Announce(botId);
        return written;
    }

    private Error? Put(Bot bot, IReadOnlyList<SiteRuleSettings> rules)
    {
        WriteSettings.Sites(bot, rules, clock.GetUtcNow());
        return null;
    }

    private static string Mark(Bot bot) => SiteRules.Fingerprint(bot.Sites, bot.DefaultContext);

    private static BotSettings Settings(Bot bot) => new() { Sites = [.. Map(bot).Rules], DefaultContext = bot.DefaultContext };

    private static SiteMap Map(Bot bot) =>
        new(
            [.. bot.Sites.OrderBy(r => r.Position).Select(r => new SiteRuleSettings { Source = r.Source, SiteId = r.SiteId, Context = r.Context })],
            bot.DefaultContext,
            Mark(bot)
        )
        {
            Version = bot.Version,
        };
}

/// <summary>Everything that decides about the context of a bot's turns.</summary>
/// <param name="Rules">The rules in order.</param>
/// <param name="DefaultContext">Context when none matches; null = none.</param>
/// <param name="Mark">Tells this state from any other.</param>
public sealed record SiteMap(IReadOnlyList<SiteRuleSettings> Rules, string? DefaultContext, string? Mark)
{
    /// <summary>The bot's version, which any change of the bot moves; the mark moves with the sites alone.</summary>
    public int Version { get; init; }
}
