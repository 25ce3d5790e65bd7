using System.Globalization;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Sites;

/// <summary>Why a turn was asked in its context: what was known then, judged by the rules of now, and whether these are still the same.</summary>
public sealed class ExplainSite(PortalStore store)
{
    /// <summary>Explains a turn by its id (<c>turnId</c> of a delivery). Error: <c>turn_not_found</c>.</summary>
    public async Task<Result<ExplainedTurn>> HandleAsync(Actor actor, string turnId, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Viewer))
            return BotErrors.RoleTooLow(Role.Viewer);
        await using var db = store.Read();
        var turn = long.TryParse(turnId, CultureInfo.InvariantCulture, out var id)
            ? await db.Turns.Where(t => t.Id == id)
                .Select(t => new { t.BotId, t.SiteEvidence, Match = new SiteMatch(t.Context, t.SiteId, t.SiteFoundIn, t.SiteRulePosition) })
                .FirstOrDefaultAsync(cancel)
            : null;
        if (turn is null)
            return NotFound;
        var bot = await db.Bots.Include(b => b.Sites).FirstAsync(b => b.Id == turn.BotId, cancel);
        var kept = KeptEvidence.Read(turn.SiteEvidence);
        return new ExplainedTurn(
            turn.BotId,
            turn.Match,
            kept,
            kept is not null && kept.Rules != SiteRules.Fingerprint(bot.Sites, bot.DefaultContext),
            kept is null ? null : ExplainContext.Explain(bot.Sites, bot.DefaultContext, kept.AsEvidence())
        );
    }

    private static readonly Error NotFound = new("turn_not_found");
}

/// <summary>A turn's way to its context.</summary>
/// <param name="BotId">The bot.</param>
/// <param name="Then">What was chosen then.</param>
/// <param name="Evidence">What was known then; null = it was not looked for, or not kept.</param>
/// <param name="RulesChanged">True when the rules or the default context are not those of that time: <paramref name="Now"/> is then what they would say today.</param>
/// <param name="Now">The same evidence by the rules of now; null without evidence.</param>
public sealed record ExplainedTurn(Guid BotId, SiteMatch Then, KeptEvidence? Evidence, bool RulesChanged, SiteExplanation? Now);
