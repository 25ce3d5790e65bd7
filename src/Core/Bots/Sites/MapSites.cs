using Core.Outcomes;
using Core.Security;
using Core.Storage;
using FluentValidation.Results;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Reads and replaces a bot's site rules; a change holds from the next turn on.</summary>
public sealed class MapSites(PortalStore store, ChangeFeed feed)
{
    /// <summary>The rules in order.</summary>
    public async Task<Result<IReadOnlyList<SiteRuleSettings>>> GetAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        if (!await db.Bots.AnyAsync(b => b.Id == botId, cancel))
            return BotErrors.NotFound;
        var rules = await db.Set<SiteRule>()
            .Where(r => r.BotId == botId)
            .OrderBy(r => r.Position)
            .Select(r => new SiteRuleSettings
            {
                Source = r.Source,
                SiteId = r.SiteId,
                Context = r.Context,
            })
            .ToListAsync(cancel);
        return Result.Success<IReadOnlyList<SiteRuleSettings>>(rules);
    }

    /// <summary>Replaces the whole list (operator).</summary>
    public async Task<Result<IReadOnlyList<SiteRuleSettings>>> ReplaceAsync(
        Actor actor,
        Guid botId,
        IReadOnlyList<SiteRuleSettings> rules,
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

        var error = await store.WriteAsync(
            async db =>
            {
                if (await db.Bots.Include(b => b.Sites).FirstOrDefaultAsync(b => b.Id == botId, cancel) is not { } bot)
                    return BotErrors.NotFound;
                if (bot.Status is BotStatus.Archived)
                    return BotErrors.WrongStatus(bot.Status);
                WriteSettings.Sites(bot, rules);
                bot.Version++;
                foreach (var rule in rules)
                    await db.UnknownSites.Where(u => u.BotId == botId && u.Value == rule.SiteId.Trim() && (rule.Source == SiteSource.Any || u.Source == rule.Source))
                        .ExecuteDeleteAsync(cancel);
                return null;
            },
            cancel
        );
        if (error is not null)
            return error;
        feed.Announce(botId);
        return await GetAsync(actor, botId, cancel);
    }

    /// <summary>Sites seen without a rule, the latest first.</summary>
    public async Task<Result<IReadOnlyList<UnknownSite>>> UnknownAsync(Actor actor, Guid botId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var sites = await db.UnknownSites.Where(u => u.BotId == botId).OrderByDescending(u => u.LastSeenAt).Take(200).ToListAsync(cancel);
        return Result.Success<IReadOnlyList<UnknownSite>>(sites);
    }
}
