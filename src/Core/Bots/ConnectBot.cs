using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Joins a bot to its account: intent saved first, Freshchat probed, Mammut called, id stored, live.</summary>
public sealed class ConnectBot
{
    /// <summary>The whole way in one call (<c>POST /bots</c>). What fails in the middle leaves a draft that can be finished; its id is in the error's argument <c>botId</c>.</summary>
    public Task<Result<BotView>> HandleAsync(Actor actor, BotSettings settings, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Finishes a draft (<c>POST /bots/{id}/connect</c>).</summary>
    public Task<Result<BotView>> FinishAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>
    /// Creates the bot in Mammut, or updates the existing <c>mammutId</c>; what the wizard does when the step "Bot" is left.
    /// When an earlier create is unclear it is refused (<c>mammut_create_unclear</c>) unless <paramref name="createAgain"/> is set.
    /// </summary>
    public Task<Result<BotView>> ProvisionAsync(Actor actor, Guid id, bool createAgain, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Checks everything once more and makes the bot answer. Needs a public key.</summary>
    public Task<Result<BotView>> GoLiveAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();
}
