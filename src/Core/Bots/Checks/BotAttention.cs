using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;

namespace Core.Bots.Checks;

/// <summary>What is wrong with a bot, in one code for lists: the worst first.</summary>
public sealed class BotAttention(Circuits circuits, MammutAddress mammut)
{
    /// <summary>The code; null = all is well as far as is known.</summary>
    internal string? Of(Bot bot, BotCheckup? checkup, int deadLetters) =>
        bot.TokenRefusedAt is not null ? FarCode.TokenRefused
        : bot.DraftState is DraftState.Failed ? bot.DraftErrorCode
        : bot.DraftState is DraftState.MammutCreateUnclear ? "mammut_create_unclear"
        : deadLetters > 0 ? "dead_letters"
        : bot.Status is not (BotStatus.Live or BotStatus.Paused) ? null
        : bot.Keys.Count == 0 ? "public_key_missing"
        : circuits.Of<FreshchatClient>(bot.ChatUrl) is not CircuitState.Closed ? FarCode.CircuitOpen
        : MammutIsDown ? "mammut_" + FarCode.CircuitOpen
        : checkup?.Version == bot.Version ? checkup.Attention
        : null;

    /// <summary>Those with something wrong.</summary>
    /// <param name="db">Where they are.</param>
    /// <param name="bots">Among whom.</param>
    /// <param name="dead">Bots with conversations that wait behind something given up.</param>
    internal IQueryable<Bot> Among(PortalDb db, IQueryable<Bot> bots, IReadOnlyList<Guid> dead)
    {
#pragma warning disable CA1310 // The database compares, not this process.
        var (down, mammutIsDown) = (circuits.Down<FreshchatClient>(), MammutIsDown);
        return bots.Where(b =>
            b.TokenRefusedAt != null
            || b.DraftState == DraftState.Failed
            || b.DraftState == DraftState.MammutCreateUnclear
            || dead.Contains(b.Id)
            || (
                (b.Status == BotStatus.Live || b.Status == BotStatus.Paused)
                && (
                    mammutIsDown
                    || b.Keys.Count == 0
                    || down.Any(host => b.ChatUrl.StartsWith(host))
                    || db.Checkups.Any(c => c.BotId == b.Id && c.Version == b.Version && c.Attention != null)
                )
            )
        );
#pragma warning restore CA1310
    }

    private bool MammutIsDown => circuits.Of<MammutClient>(mammut.BaseUrl()) is not CircuitState.Closed;
}
