using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Checks;

/// <summary>Carries what the far sides said over a change that they have no part in: its status, its keys, its site rules.</summary>
internal static class KeepCheckup
{
    /// <summary>Follows a bot whose version has just moved by one, in the same transaction; what was not asked yet still is.</summary>
    public static async Task HandleAsync(PortalDb db, Bot bot, CancellationToken cancel)
    {
        if (await db.Checkups.FirstOrDefaultAsync(c => c.BotId == bot.Id, cancel) is { CheckedAt: not null } checkup && checkup.Version == bot.Version - 1)
            checkup.Version = bot.Version;
    }
}
