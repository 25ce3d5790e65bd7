using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Takes a bot out of service for good; its webhook answers 404, its history stays.</summary>
public sealed class ArchiveBot
{
    /// <summary>Archives a bot in whatever state.</summary>
    public Task<Result> HandleAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();
}
