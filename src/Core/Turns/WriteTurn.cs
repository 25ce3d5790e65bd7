using System.Runtime.CompilerServices;
using System.Text;
using Core.Bots;
using Core.Bots.Connecting;
using Core.Conversations;
using Core.Storage;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;

namespace Core.Turns;

/// <summary>
/// What a turn at work writes, as SQL: it is written some ten times a turn, and comparing entities with what they were costs more than
/// writing them. Runs in the caller's transaction.
/// </summary>
internal static class WriteTurn
{
    /// <summary>The turn: only what the holder of the lease changes.</summary>
    public static async Task StageAsync(PortalDb db, Turn turn, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update "Turns" set "Stage" = {turn.Stage.ToString()}, "Context" = {turn.Context}, "SiteId" = {turn.SiteId},
                "SiteFoundIn" = {turn.SiteFoundIn?.ToString()}, "SiteRulePosition" = {turn.SiteRulePosition}, "ThoughtId" = {turn.ThoughtId},
                "SayIntentAt" = {Milliseconds(turn.SayIntentAt)}, "SaidAt" = {Milliseconds(turn.SaidAt)}, "Attempts" = {turn.Attempts},
                "NotBefore" = {Milliseconds(turn.NotBefore)}, "Reason" = {turn.Reason}, "EndedAt" = {Milliseconds(turn.EndedAt)}
            where "Id" = {turn.Id}
            """,
            cancel
        );

    /// <summary>The conversation: only what turns decide about it. The rest belongs to the events that arrive.</summary>
    public static async Task RoomAsync(PortalDb db, Conversation conversation, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update "Conversations" set "FirstSightAt" = {Milliseconds(conversation.FirstSightAt)}, "Context" = {conversation.Context},
                "VisitorId" = {conversation.VisitorId}, "RoomId" = {conversation.RoomId}, "RoomContext" = {conversation.RoomContext},
                "RoomHalted" = {conversation.RoomHalted}
            where "Id" = {conversation.Id}
            """,
            cancel
        );

    /// <summary>The requests that were made, all with one statement.</summary>
    public static async Task CallsAsync(PortalDb db, IReadOnlyList<TurnCall> calls, CancellationToken cancel)
    {
        if (calls.Count == 0)
            return;
        var sql = new StringBuilder("""insert into "TurnCalls" ("TurnId", "Step", "At", "Milliseconds", "HttpStatus", "Code") values """);
        var values = new List<object?>();
        foreach (var call in calls)
        {
            var p = values.Count;
            sql.Append(p == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(p, 6).Select(i => $"{{{i}}}")).Append(')');
            values.AddRange([call.TurnId, call.Step, Milliseconds(call.At), call.Milliseconds, call.HttpStatus, call.Code]);
        }
        await db.Database.ExecuteSqlAsync(FormattableStringFactory.Create(sql.ToString(), [.. values]), cancel);
    }

    /// <summary>Settles what the turn was made of.</summary>
    /// <returns>How many messages those were.</returns>
    public static Task<int> DeliveriesAsync(PortalDb db, Turn turn, DeliveryStatus status, DateTimeOffset now, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update "Deliveries" set "Status" = {status.ToString()}, "Reason" = {turn.Reason}, "SettledAt" = {Milliseconds(now)}
            where "TurnId" = {turn.Id} and "Status" in ('Received', 'Waiting')
            """,
            cancel
        );

    /// <summary>Counts a turn that was dealt with.</summary>
    public static Task TallyAsync(PortalDb db, Turn turn, int messages, DateTimeOffset now, CancellationToken cancel)
    {
        var (hour, handedOver) = (BotHour.Of(now), turn.HandOver is null ? 0 : 1);
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into "BotHours" ("Hour", "BotId", "Messages", "Turns", "HandedOver") values ({hour}, {turn.BotId}, {messages}, 1, {handedOver})
            on conflict ("Hour", "BotId") do update set "Messages" = "BotHours"."Messages" + excluded."Messages",
                "Turns" = "BotHours"."Turns" + 1, "HandedOver" = "BotHours"."HandedOver" + excluded."HandedOver"
            """,
            cancel
        );
    }

    /// <summary>Untried texts of an ended turn: nobody sends them any more.</summary>
    public static async Task StopRepliesAsync(PortalDb db, Turn turn, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""update "Replies" set "State" = 'Stopped' where "TurnId" = {turn.Id} and "State" = 'Pending'""", cancel);

    /// <summary>
    /// The intent to post a reply, if the conversation is still the bot's and the bot is live, or rehearses in it; false = it is not written, whyever.
    /// </summary>
    public static async Task<bool> IntentAsync(PortalDb db, Conversation conversation, Reply reply, DateTimeOffset now, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update "Replies" set "State" = 'Sending', "IntentAt" = {Milliseconds(now)}
            where "Id" = {reply.Id} and "State" <> 'Sent'
                and exists (select 1 from "Conversations" where "Id" = {conversation.Id} and "Owner" = 'Bot')
                and exists (
                    select 1 from "Bots" where "Id" = {conversation.BotId} and ("Status" = 'Live' or ("Status" = 'Draft'
                        and exists (select 1 from "Rehearsals" where "BotId" = {conversation.BotId} and "ConversationId" = {conversation.Id}))))
            """,
            cancel
        ) == 1;

    /// <summary>Where a reply stands after a request. What an own echo has settled meanwhile stays settled.</summary>
    public static Task<int> ReplyAsync(PortalDb db, Reply reply, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update "Replies" set "State" = {reply.State.ToString()}, "FreshchatMessageId" = coalesce({reply.FreshchatMessageId}, "FreshchatMessageId"),
                "PostedAt" = coalesce({Milliseconds(reply.PostedAt)}, "PostedAt"), "ErrorCode" = {reply.ErrorCode}
            where "Id" = {reply.Id} and ("State" <> 'Sent' or {reply.State is ReplyState.Sent})
            """,
            cancel
        );

    /// <summary>Makes deliveries the members of a turn, and their messages with them.</summary>
    public static async Task MembersAsync(PortalDb db, Turn turn, IEnumerable<long> deliveries, CancellationToken cancel)
    {
        // In the order in which whoever counts copies locks them.
        foreach (var delivery in deliveries.Order())
            await db.Database.ExecuteSqlAsync($"""update "Deliveries" set "TurnId" = {turn.Id} where "Id" = {delivery}""", cancel);
        await db.Database.ExecuteSqlAsync(
            $"""update "Messages" set "TurnId" = {turn.Id} where "DeliveryId" in (select "Id" from "Deliveries" where "TurnId" = {turn.Id})""",
            cancel
        );
    }

    private static long? Milliseconds(DateTimeOffset? time) => time?.ToUnixTimeMilliseconds();
}
