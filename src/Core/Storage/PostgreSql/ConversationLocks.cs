using Microsoft.EntityFrameworkCore;

namespace Core.Storage.PostgreSql;

/// <summary>
/// The right to write to a conversation until the transaction ends, among all nodes. It is not the lock of a row, because the first
/// webhook of a conversation needs it before there is a row. Two conversations may share a lock by chance, which costs a wait.
/// </summary>
internal static class ConversationLocks
{
    /// <summary>Waits for the right to write to a conversation that is known by our id.</summary>
    public static Task WaitAsync(PortalDb db, long conversationId, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"""
            select pg_advisory_xact_lock(hashtextextended("BotId"::text || "FreshchatId", 0)) from "Conversations" where "Id" = {conversationId}
            """,
            cancel
        );

    /// <summary>Waits for a lock that <see cref="TakeAsync"/> did not get.</summary>
    public static Task WaitForAsync(PortalDb db, long wanted, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({wanted})", cancel);

    /// <summary>
    /// The oldest webhooks without a meaning that no other node has, and for each whether the lock of its conversation was free and is
    /// ours now.
    /// </summary>
    public static Task<List<OldestDelivery>> TakeAsync(PortalDb db, int most, IReadOnlyCollection<long> except, CancellationToken cancel) =>
        db.Database.SqlQuery<OldestDelivery>(
                $"""
                with oldest as materialized (
                    select "Id", hashtextextended("BotId"::text || coalesce("FreshchatConversationId", "Id"::text), 0) as conversation
                    from "Deliveries" where "Status" = 'Received' and "Id" <> all({except.ToArray()})
                    order by "Id" limit {most} for update skip locked
                ), asked as materialized (
                    select conversation, pg_try_advisory_xact_lock(conversation) as taken from (select distinct conversation from oldest) as c
                )
                select "Id", conversation as "Conversation", taken as "Taken" from oldest join asked using (conversation) order by "Id"
                """
            )
            .ToListAsync(cancel);
}

/// <summary>A stored webhook, the number of its conversation's lock, and whether we have that.</summary>
internal sealed record OldestDelivery(long Id, long Conversation, bool Taken);
