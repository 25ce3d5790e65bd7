using Core.Bots.Connecting;
using Core.Outcomes;
using Core.Security;

namespace Core.Bots;

/// <summary>Makes a draft from a bot, for another account that shall work alike.</summary>
public sealed class CloneBot(ReadBot read, SaveDraft saveDraft)
{
    /// <summary>
    /// A draft with the texts, site rules and behaviour of another bot. What belongs to one account or one bot is left out: Chat URL, token, App ID,
    /// agent, group, keys and the bot in Mammut. Rules by topic come along; that the other account has these topics is for the set-up to prove.
    /// </summary>
    /// <param name="actor">Who.</param>
    /// <param name="id">The original.</param>
    /// <param name="name">What the copy is called; null = like the original.</param>
    /// <param name="cancel">Ends the saving.</param>
    /// <param name="version">The version of the original that is meant; null = whatever is there. Another one is <c>version_mismatch</c>.</param>
    public async Task<Result<BotView>> HandleAsync(Actor actor, Guid id, string? name, CancellationToken cancel, int? version = null)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        var original = await read.HandleAsync(id, cancel);
        if (!original.Succeeded)
            return original;
        if (version is not null && version != original.Value.Version)
            return BotErrors.VersionMismatch;
        var settings = original.Value.ToSettings();
        settings.Name = string.IsNullOrWhiteSpace(name) ? original.Value.Name : name;
        settings.Freshchat = new();
        settings.Mammut.MammutId = null;
        return await saveDraft.HandleAsync(actor, null, settings, cancel);
    }
}
