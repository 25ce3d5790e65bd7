using Core.Storage;
using Microsoft.EntityFrameworkCore;

namespace Core.Bots.Connecting;

/// <summary>Whether a bot answers in a conversation: a live one in all, a draft in that of its rehearsal.</summary>
internal static class Rehearsals
{
    /// <summary>
    /// A customer's message arrived for a draft: true when it belongs to the rehearsal. The first one after the beginning decides which conversation that
    /// is; of two at the same moment the database lets one win.
    /// </summary>
    public static async Task<bool> JoinAsync(PortalDb db, Guid draftId, long conversationId, DateTimeOffset receivedAt, CancellationToken cancel)
    {
        await Running(db, draftId, receivedAt).Where(r => r.ConversationId == null).ExecuteUpdateAsync(row => row.SetProperty(r => r.ConversationId, conversationId), cancel);
        return await Running(db, draftId, receivedAt).AnyAsync(r => r.ConversationId == conversationId, cancel);
    }

    /// <summary>Whether a message of that conversation could belong to the rehearsal.</summary>
    public static Task<bool> MayJoinAsync(PortalDb db, Guid draftId, long conversationId, DateTimeOffset receivedAt, CancellationToken cancel) =>
        Running(db, draftId, receivedAt).AnyAsync(r => r.ConversationId == null || r.ConversationId == conversationId, cancel);

    /// <summary>Whether the bot may speak in the conversation now.</summary>
    public static Task<bool> MaySpeakAsync(PortalDb db, Guid botId, long conversationId, CancellationToken cancel) =>
        db.Bots.AnyAsync(
            b => b.Id == botId
                && (b.Status == BotStatus.Live || (b.Status == BotStatus.Draft && db.Rehearsals.Any(r => r.BotId == botId && r.ConversationId == conversationId))),
            cancel
        );

    /// <summary>The same for a bot as it is known: only of a draft the database has to be asked.</summary>
    public static async Task<bool> MaySpeakAsync(PortalStore store, Bot bot, long conversationId, CancellationToken cancel)
    {
        if (bot.Status is not BotStatus.Draft)
            return bot.Answers;
        await using var db = store.Read();
        return await MaySpeakAsync(db, bot.Id, conversationId, cancel);
    }

    private static IQueryable<Rehearsal> Running(PortalDb db, Guid draftId, DateTimeOffset at) =>
        db.Rehearsals.Where(r => r.BotId == draftId && r.BeganAt <= at && r.BeganAt > at - Rehearsal.Longest);
}
