using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Asks an account who it is and whom it has: the live check of the wizard and of <c>POST /probe/freshchat</c>.</summary>
public sealed class ProbeFreshchat
{
    /// <summary>Probes with values as typed.</summary>
    public Task<Result<FreshchatProbe>> HandleAsync(Actor actor, string? chatUrl, string? apiToken, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Probes with what a saved bot holds.</summary>
    public Task<Result<FreshchatProbe>> HandleAsync(Actor actor, Guid botId, CancellationToken cancel) => throw new NotImplementedException();
}
