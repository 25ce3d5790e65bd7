using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Reads bots, as a list and one by one.</summary>
public sealed class FindBots
{
    /// <summary>The list, by name; archived ones only when asked for.</summary>
    public Task<Result<Page<BotSummary>>> ListAsync(Actor actor, BotFilter filter, int limit, string? after, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>How many bots there are by status, archived ones left out.</summary>
    public Task<Result<IReadOnlyDictionary<BotStatus, int>>> CountAsync(Actor actor, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>One bot.</summary>
    public Task<Result<BotView>> GetAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();
}

/// <summary>Which bots.</summary>
/// <param name="Status">Only these; null = all but archived ones.</param>
/// <param name="Search">Part of name, App ID or Mammut id.</param>
/// <param name="NeedsAttention">Only those with something wrong.</param>
public sealed record BotFilter(BotStatus? Status = null, string? Search = null, bool NeedsAttention = false);
