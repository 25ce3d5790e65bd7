using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Keeps what an admin has entered so far. No far side is called; only what could never be right is refused.</summary>
public sealed class SaveDraft
{
    /// <summary>Creates a draft, or changes the one with <paramref name="id"/>. A null token or null keys keep what is stored.</summary>
    public Task<Result<BotView>> HandleAsync(Actor actor, Guid? id, BotSettings settings, CancellationToken cancel) =>
        throw new NotImplementedException();
}
