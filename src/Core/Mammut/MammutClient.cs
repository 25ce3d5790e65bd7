using Core.Outcomes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Core.Mammut;

/// <summary>
/// Mammut's graph API in its own words: provisioning (mammut.md 4) here, conversation in Rooms mode (6, 8) in <c>MammutClient.Rooms.cs</c>.
/// Reads are repeated inside, writes never. A read that finds nothing succeeds with null or an empty list. Only a cancelled
/// <see cref="CancellationToken"/> throws.
/// </summary>
public sealed partial class MammutClient(
    HttpClient http, MammutAddress address, IOptions<MammutOptions> options, TimeProvider clock, ILogger<MammutClient> logger)
{
    /// <summary>Path of the users, below the base address.</summary>
    internal const string UserPath = $"{App}/graph/user";

    /// <summary>
    /// Creates the bot and tells its id (mammut.md 4.2). A lost answer cannot be reconciled: after <see
    /// cref="FailureKind.Ambiguous"/> ask the admin.
    /// </summary>
    public Task<FarResult<long>> CreateBot(BotProperties properties, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(properties);
        return Create("user", "user", properties.CreateBody(), MammutJson.Wire.JsonObject, cancellation, properties.FreshchatAccessToken);
    }

    /// <summary>Changes the properties that are set (mammut.md 4.3). May be repeated without looking.</summary>
    /// <exception cref="ArgumentException">Nothing is set.</exception>
    public Task<FarResult<Done>> UpdateBot(long botId, BotProperties changed, CancellationToken cancellation = default)
    {
        var query = string.Join('&', changed.Wire().Select(property => $"{property.Key}={QueryValue(property.Value)}"));
        if (query.Length == 0)
            throw new ArgumentException("An update needs at least one property.", nameof(changed));
        return Do($"user:{botId}?{query}", "{}"u8.ToArray(), cancellation, changed.FreshchatAccessToken);
    }

    /// <summary>A bot or visitor; null when there is none.</summary>
    public async Task<FarResult<MammutUser?>> ReadUser(long userId, CancellationToken cancellation = default)
    {
        var read = await Read($"graph/user:{userId}", cancellation);
        return read.Succeeded ? read.With(read.Value.Users is [{ } user, ..] ? user : null) : read.Failure;
    }
}
