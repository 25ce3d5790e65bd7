using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Adds and removes the public keys that verify a bot's webhooks, also while it is live.</summary>
public sealed class ChangeKeys
{
    /// <summary>Adds a key in whatever shape it was copied; at most <see cref="BotKey.Most"/>.</summary>
    public Task<Result<BotView>> AddAsync(Actor actor, Guid id, string? text, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Removes a key; the last one of a live or paused bot stays.</summary>
    public Task<Result<BotView>> RemoveAsync(Actor actor, Guid id, string fingerprint, CancellationToken cancel) =>
        throw new NotImplementedException();
}
