using Microsoft.EntityFrameworkCore;

namespace Core.Storage.PostgreSql;

/// <summary>
/// The right to write to a conversation until the transaction ends, among all nodes. It is not the lock of a row, because the first
/// webhook of a conversation needs it before there is a row. Two conversations may share a lock by chance, which costs a wait. Whoever
/// needs rows of a conversation as well takes this lock first, so that nobody waits in a circle.
/// </summary>
internal static class ConversationLocks
{
    private const string Savepoint = "take";

    /// <summary>Waits for the right to write to conversations that are known by our ids.</summary>
    public static Task WaitAsync(PortalDb db, long[] conversations, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"""
            select pg_advisory_xact_lock(name) from (
                select hashtextextended("BotId"::text || "FreshchatId", 0) as name from "Conversations" where "Id" = any({conversations}) order by name
            ) as c
            """,
            cancel
        );

    /// <summary>
    /// Takes the oldest webhooks without a meaning, and their conversations. Passes over what other nodes have; when all that is left
    /// belongs to conversations that are being written to, waits for the first of them. Empty = nothing is left that nobody has.
    /// </summary>
    public static async Task<List<long>> TakeAsync(PortalDb db, int most, long[] except, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Savepoint, cancel);
        while (true)
        {
            var oldest = await TryTakeAsync(db, most, except, cancel);
            var taken = oldest.Where(d => d.Taken).Select(d => d.Id).ToList();
            if (taken.Count > 0 || oldest.Count == 0)
                return taken;
            // Gives the rows back before it waits: whoever writes to the conversation may want them.
            await transaction.RollbackToSavepointAsync(Savepoint, cancel);
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({oldest[0].Conversation})", cancel);
        }
    }

    private static Task<List<Oldest>> TryTakeAsync(PortalDb db, int most, long[] except, CancellationToken cancel) =>
        db.Database.SqlQuery<Oldest>(
                $"""
                with oldest as materialized (
                    select "Id", hashtextextended("BotId"::text || coalesce("FreshchatConversationId", "Id"::text), 0) as conversation
                    from "Deliveries" where "Status" = 'Received' and "Id" <> all({except})
                    order by "Id" limit {most} for update skip locked
                ), asked as materialized (
                    select conversation, pg_try_advisory_xact_lock(conversation) as taken from (select distinct conversation from oldest) as c
                )
                select "Id", conversation as "Conversation", taken as "Taken" from oldest join asked using (conversation) order by "Id"
                """
            )
            .ToListAsync(cancel);

    // A stored webhook, the number of its conversation's lock, and whether that is ours now.
    private sealed record Oldest(long Id, long Conversation, bool Taken);
}
