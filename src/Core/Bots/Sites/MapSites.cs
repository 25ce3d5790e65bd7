using Core.Outcomes;
using Core.Security;

namespace Core.Bots.Sites;

/// <summary>Reads and replaces a bot's site rules; a change holds from the next turn on.</summary>
public sealed class MapSites
{
    /// <summary>The rules in order.</summary>
    public Task<Result<IReadOnlyList<SiteRuleSettings>>> GetAsync(Actor actor, Guid botId, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Replaces the whole list (operator).</summary>
    public Task<Result<IReadOnlyList<SiteRuleSettings>>> ReplaceAsync(
        Actor actor,
        Guid botId,
        IReadOnlyList<SiteRuleSettings> rules,
        CancellationToken cancel
    ) => throw new NotImplementedException();

    /// <summary>Sites seen without a rule, the latest first.</summary>
    public Task<Result<IReadOnlyList<UnknownSite>>> UnknownAsync(Actor actor, Guid botId, CancellationToken cancel) =>
        throw new NotImplementedException();
}
