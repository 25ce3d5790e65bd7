using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>
/// Creates or updates the bot in Mammut. The intent is saved first: a lost answer or a crash leaves a draft that says so, and nobody
/// creates a second bot by pressing again (mammut.md 4.2).
/// </summary>
public sealed class ProvisionInMammut(PortalStore store, MammutClient mammut, Secrets secrets, TimeProvider clock)
{
    private static readonly Error Unclear = new("mammut_create_unclear", "mammutId");

    /// <summary>Everything that Mammut is to hold of a bot; what is not set yet is left out, save a group, which is switched off.</summary>
    /// <param name="bot">The bot.</param>
    /// <param name="token">Its token in clear text, or what is shown in its place.</param>
    internal static BotProperties Everything(Bot bot, string? token) =>
        new()
        {
            Name = Set(bot.Name),
            FreshchatActorId = Set(bot.AgentId),
            FreshchatAccessToken = token,
            FreshchatAppId = Set(bot.AppId),
            FreshchatGroupName = bot.GroupName ?? "",
        };

    /// <summary>What an update sends: the name of a bot that exists is its owner's (mammut.md 4.3).</summary>
    internal static BotProperties ToUpdate(BotProperties all) => all with { Name = null };

    /// <summary>What the bot's work depends on of what Mammut holds (mammut.md 4.1): when it changes Mammut has to be told again.</summary>
    internal static (string?, string, string, string?) Copy(Bot bot) => (bot.ProtectedToken, bot.AppId, bot.AgentId, bot.GroupName);

    /// <summary>Null when the bot is in Mammut; else what went wrong.</summary>
    /// <param name="id">The draft.</param>
    /// <param name="version">The version that was checked; another one is <c>version_mismatch</c>, and nothing is sent.</param>
    /// <param name="createAgain">Creates although an earlier create is unclear.</param>
    /// <param name="cancel">Ends the waiting before Mammut is asked.</param>
    public async Task<Error?> HandleAsync(Guid id, int version, bool createAgain, CancellationToken cancel)
    {
        var intent = await store.WriteAsync(db => IntendAsync(db, id, version, createAgain, cancel), cancel);
        if (!intent.Succeeded)
            return intent.Error;
        var bot = intent.Value;
        var properties = Everything(bot, secrets.Reveal(bot.ProtectedToken));
        // From here on the answer decides, not the admin's patience: a call given up half-way would be unclear.
        return bot.MammutId is { } mammutId ? await UpdateAsync(bot, mammutId, ToUpdate(properties)) : await CreateAsync(bot, properties);
    }

    private static async Task<Result<Bot>> IntendAsync(PortalDb db, Guid id, int version, bool createAgain, CancellationToken cancel)
    {
        var bot = await db.Bots.FirstAsync(b => b.Id == id, cancel);
        if (bot.Version != version)
            return BotErrors.VersionMismatch;
        var other = await db.Bots.Where(b => b.Id != id && b.MammutId != null && b.MammutId == bot.MammutId && b.Status != BotStatus.Archived)
            .Select(b => b.Name)
            .FirstOrDefaultAsync(cancel);
        if (other is not null)
            return BotErrors.MammutIdTaken(other);
        if (bot.MammutId is null)
        {
            if (bot.DraftState is DraftState.MammutCreateUnclear && !createAgain)
                return Unclear;
            // Unclear until the answer is there: a crash in between leaves exactly the truth.
            bot.DraftState = DraftState.MammutCreateUnclear;
            bot.DraftErrorCode = null;
        }
        return bot;
    }

    private async Task<Error?> CreateAsync(Bot sent, BotProperties properties)
    {
        var created = await mammut.CreateBot(properties, CancellationToken.None);
        var error =
            created.Succeeded ? null
            : created.Failure.IsAmbiguous ? Unclear
            : BotErrors.Mammut(created.Failure);
        return await SettleAsync(
            sent,
            error,
            bot =>
            {
                if (created.Succeeded)
                    Provisioned(bot, created.Value, sent);
                else if (!created.Failure.IsAmbiguous)
                    (bot.DraftState, bot.DraftErrorCode) = (DraftState.Failed, error!.Code);
                return error;
            }
        );
    }

    private async Task<Error?> UpdateAsync(Bot sent, long mammutId, BotProperties properties)
    {
        var known = await mammut.ReadUser(mammutId, CancellationToken.None);
        var error = known.Succeeded ? ReadMammutBot.Refused(known.Value) : BotErrors.Mammut(known.Failure);
        if (error is null)
        {
            var updated = await mammut.UpdateBot(mammutId, properties, CancellationToken.None);
            error = updated.Succeeded ? null : BotErrors.Mammut(updated.Failure);
        }
        return await SettleAsync(
            sent,
            error,
            bot =>
            {
                // Another id was typed, or this one was taken back: this answer is about a bot that nobody means any more.
                if (bot.MammutId != mammutId)
                    return BotErrors.VersionMismatch;
                if (error is null)
                    Provisioned(bot, mammutId, sent);
                // A create that is unclear stays so until Mammut has answered to an id: whoever takes this one back is asked again.
                else if (bot.DraftState is not DraftState.MammutCreateUnclear)
                    (bot.DraftState, bot.DraftErrorCode) = (DraftState.Failed, error.Code);
                return error;
            }
        );
    }

    private void Provisioned(Bot bot, long mammutId, Bot sent)
    {
        (bot.MammutId, bot.MammutIdConfirmed) = (mammutId, true);
        (bot.DraftState, bot.DraftErrorCode) = (DraftState.Incomplete, null);
        // What was saved during the call Mammut has not been told.
        bot.ProvisionedAt = Copy(bot) == Copy(sent) ? clock.GetUtcNow() : null;
    }

    private Task<Error?> SettleAsync(Bot sent, Error? outcome, Func<Bot, Error?> settle) =>
        store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == sent.Id, CancellationToken.None);
                return bot.Status is BotStatus.Draft ? settle(bot) : outcome;
            },
            CancellationToken.None
        );

    private static string? Set(string text) => text.Length > 0 ? text : null;
}
