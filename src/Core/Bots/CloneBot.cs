using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Makes a draft from a bot, for another account that shall work alike.</summary>
public sealed class CloneBot(ReadBot read, SaveDraft saveDraft)
{
    /// <summary>
    /// A draft with the same settings and another name. What belongs to one account or one bot is left out: token, keys, App ID and the bot in
    /// Mammut.
    /// </summary>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, string? name, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var original = await read.HandleAsync(id, cancel);
        if (!original.Succeeded)
            return original;
        var settings = original.Value.ToSettings();
        settings.Name = string.IsNullOrWhiteSpace(name) ? original.Value.Name : name;
        settings.Freshchat.AppId = null;
        settings.Mammut.MammutId = null;
        return await saveDraft.HandleAsync(actor, null, settings, cancel);
    }
}
