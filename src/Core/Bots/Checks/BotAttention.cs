using Core.Bots.Accounts;
using Core.Freshchat;
using Core.Mammut;
using Core.Outcomes;
using Core.Storage;

namespace Core.Bots.Checks;

/// <summary>What is wrong with a bot, in one code for lists: the worst first.</summary>
/// <remarks>What only a check-up finds out is as old as the last one, and gone with the next, save that an event that has come here since proves that events do.</remarks>
public sealed class BotAttention(Circuits circuits, MammutAddress mammut)
{
    /// <summary>The code; null = all is well as far as is known.</summary>
    internal string? Of(Bot bot, BotCheckup? checkup, DateTimeOffset? lastEventAt, int deadLetters) =>
        bot.TokenRefusedAt is not null ? FarCode.TokenRefused
        : bot.DraftState is DraftState.Failed ? bot.DraftErrorCode
        : bot.DraftState is DraftState.MammutCreateUnclear ? "mammut_create_unclear"
        : deadLetters > 0 ? "dead_letters"
        : bot.Status is not (BotStatus.Live or BotStatus.Paused) ? null
        : bot.Keys.Count == 0 ? "public_key_missing"
        : circuits.Of<FreshchatClient>(bot.ChatUrl) is not CircuitState.Closed ? FarCode.CircuitOpen
        : MammutIsDown ? "mammut_" + FarCode.CircuitOpen
        : checkup is null || checkup.Version != bot.Version ? null
        : Kept(checkup.Attention, arrivedSince: lastEventAt > checkup.CheckedAt);

    /// <summary>The worst of a check-up, as it is kept: behind <c>events_elsewhere</c>, which an event can disprove, stands what is left then.</summary>
    internal static string? Worst(IReadOnlyList<BotCheck> found, bool misses)
    {
        if (found.FirstOrDefault(check => check.State is CheckState.Failed)?.Code is { } failed)
            return failed;
        var warning = found.FirstOrDefault(check => check.State is CheckState.Warning)?.Code;
        return !misses ? warning
            : warning is null ? EventsElsewhere.Code
            : $"{EventsElsewhere.Code} {warning}";
    }

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
                    || db.Checkups.Any(c =>
                        c.BotId == b.Id
                        && c.Version == b.Version
                        && c.Attention != null
                        // Only where nothing stands behind it.
                        && !(c.Attention == EventsElsewhere.Code && db.BotActivity.Any(a => a.BotId == b.Id && a.LastEventAt > c.CheckedAt))
                    )
                )
            )
        );
#pragma warning restore CA1310
    }

    private static string? Kept(string? worst, bool arrivedSince) =>
        worst?.Split(' ') is [EventsElsewhere.Code, .. var behind] ? (arrivedSince ? behind.FirstOrDefault() : EventsElsewhere.Code) : worst;

    private bool MammutIsDown => circuits.Of<MammutClient>(mammut.BaseUrl()) is not CircuitState.Closed;
}
