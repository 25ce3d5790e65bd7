using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Live ↔ Paused, and the end.</summary>
public sealed class PauseBot
{
    /// <summary>Stops answering; events are still followed.</summary>
    public Task<Result<BotView>> PauseAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Answers again what comes from now on.</summary>
    public Task<Result<BotView>> ResumeAsync(Actor actor, Guid id, CancellationToken cancel) => throw new NotImplementedException();
}
