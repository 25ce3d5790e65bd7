using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Changes;

/// <summary>Brings Mammut's copy of a live or paused bot up to date (mammut.md 4.3).</summary>
public sealed class TellMammut(PortalStore store, MammutClient mammut, Secrets secrets, TimeProvider clock)
{
    /// <summary>
    /// Sends what changed. Null = Mammut has it, or there was nothing to tell. The answer decides, not anybody's patience: the settings are
    /// saved already.
    /// </summary>
    /// <param name="id">The bot.</param>
    /// <param name="changed">What changed; null = everything is sent.</param>
    /// <param name="missed">Mammut has missed an earlier change, so whatever turns depend on is sent.</param>
    public async Task<Error?> HandleAsync(Guid id, BotProperties? changed, bool missed = false)
    {
        var bot = await BotAsync(id);
        if (bot.MammutId is not { } mammutId)
            return null;
        var properties =
            changed is null ? ProvisionInMammut.Everything(bot, secrets)
            : missed ? ProvisionInMammut.Everything(bot, secrets) with { Name = changed.Name }
            : changed;
        if (!properties.Wire().Any())
            return null;
        var told = await mammut.UpdateBot(mammutId, properties, CancellationToken.None);
        if (!told.Succeeded)
            return BotErrors.Mammut(told.Failure);
        var now = clock.GetUtcNow();
        // What was changed again meanwhile is told by whoever changed it.
        await store.WriteAsync(
            db =>
                db.Bots.Where(b =>
                        b.Id == id
                        && b.ProtectedToken == bot.ProtectedToken
                        && b.AgentId == bot.AgentId
                        && b.AppId == bot.AppId
                        && b.GroupName == bot.GroupName
                        && b.MammutId == mammutId
                    )
                    .ExecuteUpdateAsync(row => row.SetProperty(b => b.ProvisionedAt, now), CancellationToken.None),
            CancellationToken.None
        );
        return null;
    }

    /// <summary>What an edit sends, with the token masked: the properties that differ, by their wire names (mammut.md 4.1).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Preview(BotSettings before, BotSettings after) =>
        [.. Changed(before, after, string.IsNullOrWhiteSpace(after?.Freshchat.ApiToken) ? null : Redaction.Mask).Wire()];

    /// <summary>The properties that differ between two states of a bot's settings.</summary>
    internal static BotProperties Changed(BotSettings before, BotSettings after, string? token)
    {
        var fields = BotField.Between(before, after).ToDictionary(change => change.Field, change => change.After ?? "");
        return new()
        {
            Name = fields.GetValueOrDefault("name"),
            FreshchatActorId = fields.GetValueOrDefault("agentId"),
            FreshchatAccessToken = token,
            FreshchatAppId = fields.GetValueOrDefault("appId"),
            FreshchatGroupName = fields.GetValueOrDefault("groupName"),
        };
    }

    private async Task<Bot> BotAsync(Guid id)
    {
        await using var db = store.Read();
        return await db.Bots.FirstAsync(b => b.Id == id, CancellationToken.None);
    }
}
