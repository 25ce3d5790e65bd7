#pragma warning disable CS9113 // the bodies follow
using Core.Outcomes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Mammut;

/// <summary>
/// Mammut's graph API in its own words (mammut.md 2-4, 6, 8). Reads are repeated inside, writes never. A read that finds nothing succeeds with null or
/// an empty list. Only a cancelled <see cref="CancellationToken"/> throws.
/// </summary>
public sealed partial class MammutClient(
    HttpClient http, IOptionsMonitor<MammutOptions> options, IOptionsMonitor<OutboundOptions> outbound, TimeProvider clock, ILogger<MammutClient> logger)
{
    /// <summary>Creates the bot and tells its id (mammut.md 4.2). A lost answer cannot be reconciled: after <see cref="FailureKind.Ambiguous"/> ask the admin.</summary>
    public Task<FarResult<long>> CreateBot(BotProperties properties, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Changes the properties that are set (mammut.md 4.3). May be repeated without looking.</summary>
    public Task<FarResult<Done>> UpdateBot(long botId, BotProperties changed, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>A bot or visitor; null when there is none.</summary>
    public Task<FarResult<MammutUser?>> ReadUser(long userId, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>A room; null when there is none (mammut.md 3.3).</summary>
    public Task<FarResult<MammutRoom?>> ReadRoom(long roomId, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Creates the visitor of a conversation and tells its id (mammut.md 6.2).</summary>
    public Task<FarResult<long>> CreateVisitor(string? locale, CancellationToken cancellation = default) => throw new NotImplementedException();

    /// <summary>Creates the room of a conversation and tells its id (mammut.md 6.3).</summary>
    public Task<FarResult<long>> CreateRoom(
        long visitorId, long botId, string title, string channel, string? subChannel, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Says a turn and tells the id of its thought (mammut.md 6.4). After <see cref="FailureKind.Ambiguous"/> read <see cref="Thoughts"/> before saying it again.</summary>
    public Task<FarResult<long>> Say(
        long visitorId, long roomId, string text, DateTimeOffset creationDate, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>The thoughts of a room since an instant, oldest first, with sender and issues (mammut.md 6.5). Subtract the margin before asking.</summary>
    public Task<FarResult<IReadOnlyList<MammutThought>>> Thoughts(long roomId, DateTimeOffset since, CancellationToken cancellation = default) =>
        throw new NotImplementedException();

    /// <summary>Unblocks a halted room (mammut.md 8). May be repeated without looking.</summary>
    public Task<FarResult<Done>> PostRemoveHaltedMark(long botId, long roomId, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
