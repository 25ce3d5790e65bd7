using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Core.Bots.Connecting;

/// <summary>Keeps what an admin has entered so far. No far side is called; only what could never be right is refused.</summary>
public sealed class SaveDraft(
    PortalStore store,
    Secrets secrets,
    ChangeFeed feed,
    TimeProvider clock,
    ReadBot read,
    IOptions<OutboundOptions> outbound
)
{
    private readonly BotSettingsValidator.Draft _validator = new(outbound.Value.AllowHttpLoopback);

    /// <summary>
    /// Creates a draft, or changes the one with <paramref name="id"/>. A null token or null keys keep what is stored, and so does a
    /// null Mammut id that Mammut has confirmed.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The draft; null = a new one.</param>
    /// <param name="settings">All settings.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <param name="version">The version they were made from; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid? id, BotSettings settings, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(settings);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (BotSettingsValidator.Faults(_validator, settings) is { } fault)
            return fault;
        var token = WriteSettings.Seal(settings.Freshchat.ApiToken, secrets);
        var saved = await store.WriteAsync(db => SaveAsync(db, id, version, settings, token, cancel), cancel);
        if (!saved.Succeeded)
            return saved.Error;
        feed.Announce(saved.Value);
        return await read.HandleAsync(saved.Value, cancel);
    }

    private async Task<Result<Guid>> SaveAsync(PortalDb db, Guid? id, int? version, BotSettings settings, SealedToken? token, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        Bot? bot;
        if (id is null)
        {
            bot = new Bot
            {
                Id = Guid.CreateVersion7(now),
                WebhookId = WebhookAddress.NewId(),
                DraftState = DraftState.Incomplete,
                CreatedAt = now,
            };
            db.Add(bot);
        }
        else
        {
            bot = await db.Bots.Include(b => b.Keys).Include(b => b.Sites).AsSplitQuery().FirstOrDefaultAsync(b => b.Id == id, cancel);
            if (bot is null)
                return BotErrors.NotFound;
            // First of all: a draft that has gone live meanwhile is read again, and changed as what it is now.
            if (version is not null && version != bot.Version)
                return BotErrors.VersionMismatch;
            if (bot.Status is not BotStatus.Draft)
                return BotErrors.WrongStatus(bot.Status);
        }
        WriteSettings.Onto(bot, settings, token, now);
        // What was proved were other settings.
        await db.Rehearsals.Where(r => r.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        // What was saved is no longer only typed.
        await db.TypedDrafts.Where(t => t.BotId == bot.Id).ExecuteDeleteAsync(cancel);
        return bot.Id;
    }
}
