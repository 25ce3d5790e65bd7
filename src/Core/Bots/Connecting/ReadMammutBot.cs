using Core.Mammut;
using Core.Outcomes;
using Core.Security;
using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Reads a bot that exists in Mammut back, before it is joined: whose settings would be overwritten should be seen first.</summary>
public sealed class ReadMammutBot(PortalStore store, MammutClient mammut)
{
    /// <summary>The bot with that id. <paramref name="draft"/> is the draft that asks, which does not stand in its own way.</summary>
    public async Task<Result<MammutBotView>> HandleAsync(Actor actor, long mammutId, Guid? draft, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!actor.May(Role.Admin))
            return BotErrors.RoleTooLow(Role.Admin);
        if (mammutId <= 0)
            return new Error("mammut_id_invalid", "mammutId");
        var read = await mammut.ReadUser(mammutId, cancel);
        if (!read.Succeeded)
            return BotErrors.Mammut(read.Failure) with { Field = "mammutId" };
        if (Refused(read.Value) is { } refused)
            return refused;
        await using var db = store.Read();
        var other = await db.Bots.Where(b => b.MammutId == mammutId && b.Id != draft && b.Status != BotStatus.Archived).Select(b => b.Name).FirstOrDefaultAsync(cancel);
        if (other is not null)
            return BotErrors.MammutIdTaken(other);
        var user = read.Value!;
        return new MammutBotView(mammutId, user.Name, user.FreshchatActorId, user.FreshchatAppId, user.FreshchatGroupName);
    }

    /// <summary>Why a user of Mammut cannot be joined as a bot; null = it can.</summary>
    internal static Error? Refused(MammutUser? user) =>
        user is null ? new Error("mammut_id_unknown", "mammutId")
        : user.UserType is { } type && type != "machine" ? new Error("mammut_id_not_a_bot", "mammutId")
        : null;
}

/// <summary>A bot as Mammut holds it now. Its copy of the token is never read back (mammut.md 11).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="AgentId">The Freshchat agent it is joined to; null = none yet.</param>
/// <param name="AppId">The account it is joined to.</param>
/// <param name="GroupName">The group it hands over to.</param>
public sealed record MammutBotView(long Id, string? Name, string? AgentId, string? AppId, string? GroupName);
