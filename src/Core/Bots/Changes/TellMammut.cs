using Core.Bots.Connecting;
using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Changes;

/// <summary>Brings Mammut's copy of a live or paused bot up to date (mammut.md 4.3).</summary>
public sealed class TellMammut(PortalStore store, MammutClient mammut, Secrets secrets, TimeProvider clock)
{
    // Whoever changes a bot tells it as well: that many changes during as many calls are no work of people.
    private const int MostTries = 5;

    /// <summary>
    /// Sends what changed. Null = Mammut has it, or there was nothing to tell. The answer decides, not anybody's patience: the settings are
    /// saved already.
    /// </summary>
    /// <param name="id">The bot.</param>
    /// <param name="changed">What changed; null = everything is sent, because Mammut has missed something.</param>
    /// <param name="version">The version that the change made. Where others have changed the bot since, everything is sent.</param>
    public async Task<Error?> HandleAsync(Guid id, BotProperties? changed = null, int? version = null)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            var bot = await BotAsync(id);
            if (bot is not { Status: BotStatus.Live or BotStatus.Paused, MammutId: { } mammutId })
                return null;
            var properties = changed is null || version != bot.Version ? ProvisionInMammut.Everything(bot, secrets.Reveal(bot.ProtectedToken)) : changed;
            if (!properties.Wire().Any())
                return null;
            var told = await mammut.UpdateBot(mammutId, properties, CancellationToken.None);
            if (!told.Succeeded)
                return BotErrors.Mammut(told.Failure);
            if (await SettleAsync(bot))
                return null;
            // Somebody has changed the bot meanwhile, and whose call was the last at Mammut nobody knows.
            changed = null;
        }
        return new Error("mammut_untold");
    }

    /// <summary>What an edit sends, with the token masked: the properties that differ, by their wire names (mammut.md 4.1).</summary>
    /// <param name="before">As it is saved.</param>
    /// <param name="after">As it is to be.</param>
    /// <param name="missed">Mammut has missed an earlier change, so everything is sent.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Preview(BotSettings before, BotSettings after, bool missed)
    {
        ArgumentNullException.ThrowIfNull(after);
        var token = string.IsNullOrWhiteSpace(after.Freshchat.ApiToken) ? null : Redaction.Mask;
        return [.. (Changed(before, after, token, missed) ?? ProvisionInMammut.Everything(WriteSettings.Unsaved(after), Redaction.Mask)).Wire()];
    }

    /// <summary>The properties that differ between two states of a bot's settings; null = all of them, because Mammut has missed something.</summary>
    internal static BotProperties? Changed(BotSettings before, BotSettings after, string? token, bool missed)
    {
        if (missed)
            return null;
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

    // False = the bot is not any more what was told; then nobody may believe that Mammut knows it.
    private Task<bool> SettleAsync(Bot told) =>
        store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == told.Id, CancellationToken.None);
                var same = bot.Name == told.Name && ProvisionInMammut.Copy(bot) == ProvisionInMammut.Copy(told);
                bot.ProvisionedAt = same ? clock.GetUtcNow() : null;
                return same;
            },
            CancellationToken.None
        );

    private async Task<Bot> BotAsync(Guid id)
    {
        await using var db = store.Read();
        return await db.Bots.FirstAsync(b => b.Id == id, CancellationToken.None);
    }
}
