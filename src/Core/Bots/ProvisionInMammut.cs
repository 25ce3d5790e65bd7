using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots;

/// <summary>
/// Creates or updates the bot in Mammut. The intent is saved first: a lost answer or a crash leaves a draft that says so, and nobody
/// creates a second bot by pressing again (mammut.md 4.2).
/// </summary>
public sealed class ProvisionInMammut(PortalStore store, MammutClient mammut, Secrets secrets, TimeProvider clock)
{
    /// <summary>Everything that Mammut is to hold of a bot.</summary>
    internal static BotProperties Everything(Bot bot, Secrets secrets) =>
        new()
        {
            Name = bot.Name,
            FreshchatActorId = bot.AgentId,
            FreshchatAccessToken = secrets.Reveal(bot.ProtectedToken),
            FreshchatAppId = bot.AppId,
            FreshchatGroupName = bot.GroupName ?? "",
        };

    /// <summary>Null when the bot is in Mammut with these settings; else what went wrong.</summary>
    public async Task<Error?> HandleAsync(Guid id, bool createAgain, CancellationToken cancel)
    {
        var intent = await store.WriteAsync(db => IntendAsync(db, id, createAgain, cancel), cancel);
        if (!intent.Succeeded)
            return intent.Error;
        var bot = intent.Value;
        var properties = Everything(bot, secrets);
        // From here on the answer decides, not the admin's patience: a call given up half-way would be unclear.
        return bot.MammutId is { } mammutId
            ? await UpdateAsync(id, mammutId, ToUpdate(properties), CancellationToken.None)
            : await CreateAsync(id, properties, CancellationToken.None);
    }

    private static async Task<Result<Bot>> IntendAsync(PortalDb db, Guid id, bool createAgain, CancellationToken cancel)
    {
        var bot = await db.Bots.FirstAsync(b => b.Id == id, cancel);
        var other = await db.Bots.Where(b => b.Id != id && b.MammutId != null && b.MammutId == bot.MammutId && b.Status != BotStatus.Archived)
            .Select(b => b.Name)
            .FirstOrDefaultAsync(cancel);
        if (other is not null)
            return BotErrors.MammutIdTaken(other);
        if (bot.MammutId is null)
        {
            if (bot.DraftState is DraftState.MammutCreateUnclear && !createAgain)
                return new Error("mammut_create_unclear", "mammutId");
            // Unclear until the answer is there: a crash in between leaves exactly the truth.
            bot.DraftState = DraftState.MammutCreateUnclear;
            bot.DraftErrorCode = null;
        }
        return bot;
    }

    private async Task<Error?> CreateAsync(Guid id, BotProperties properties, CancellationToken cancel)
    {
        var created = await mammut.CreateBot(properties, cancel);
        await SettleAsync(
            id,
            bot =>
            {
                if (created.Succeeded)
                    Provisioned(bot, created.Value);
                else if (!created.Failure.IsAmbiguous)
                    (bot.DraftState, bot.DraftErrorCode) = (DraftState.Failed, BotErrors.Mammut(created.Failure).Code);
            },
            cancel
        );
        if (created.Succeeded)
            return null;
        return created.Failure.IsAmbiguous ? new Error("mammut_create_unclear", "mammutId") : BotErrors.Mammut(created.Failure);
    }

    private async Task<Error?> UpdateAsync(Guid id, long mammutId, BotProperties properties, CancellationToken cancel)
    {
        var known = await mammut.ReadUser(mammutId, cancel);
        var error = known.Succeeded ? ReadMammutBot.Refused(known.Value) : BotErrors.Mammut(known.Failure);
        if (error is null)
        {
            var updated = await mammut.UpdateBot(mammutId, properties, cancel);
            error = updated.Succeeded ? null : BotErrors.Mammut(updated.Failure);
        }
        await SettleAsync(
            id,
            bot =>
            {
                if (error is null)
                    Provisioned(bot, mammutId);
                else
                    (bot.DraftState, bot.DraftErrorCode) = (DraftState.Failed, error.Code);
            },
            cancel
        );
        return error;
    }

    /// <summary>What an update sends: the name of a bot that exists is its owner's (mammut.md 4.3).</summary>
    internal static BotProperties ToUpdate(BotProperties all) => all with { Name = null };

    private void Provisioned(Bot bot, long mammutId)
    {
        (bot.MammutId, bot.MammutIdConfirmed, bot.ProvisionedAt) = (mammutId, true, clock.GetUtcNow());
        (bot.DraftState, bot.DraftErrorCode) = (DraftState.Incomplete, null);
    }

    private Task SettleAsync(Guid id, Action<Bot> settle, CancellationToken cancel) =>
        store.WriteAsync(
            async db =>
            {
                var bot = await db.Bots.FirstAsync(b => b.Id == id, cancel);
                if (bot.Status is BotStatus.Draft)
                    settle(bot);
            },
            cancel
        );
}
