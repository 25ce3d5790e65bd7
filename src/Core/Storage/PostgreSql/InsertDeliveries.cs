using Core.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Core.Storage.PostgreSql;

/// <summary>
/// Stores many webhooks with one statement, and counts copies with a second one only when there are any. Two nodes that store the
/// same webhooks take them in the same order, so neither waits for the other in a circle.
/// </summary>
internal static class InsertDeliveries
{
    // Ids grow in the order of arrival, rows are written in the order of their keys.
    private const string Insert = """
        with arrived as materialized (
            select nextval('"Deliveries_Id_seq"') as id, a.*
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) with ordinality
                as a(bot, key, action, kind, conversation, message, actor, event_time, received_at, retries, version, fingerprint, trace, copies,
                    body, content_type, signature, n)
        ), stored as (
            insert into "Deliveries" ("Id", "BotId", "DedupKey", "Action", "Kind", "FreshchatConversationId", "MessageId", "ActorType", "EventTime",
                "ReceivedAt", "RetryCount", "PayloadVersion", "KeyFingerprint", "TraceId", "Duplicates", "Status")
            select id, bot, key, action, kind, conversation, message, actor, event_time, received_at, retries, version, fingerprint, trace, copies, 'Received'
            from arrived order by bot, key
            on conflict ("BotId", "DedupKey") do nothing
            returning "Id"
        ), kept as (
            insert into "DeliveryPayloads" ("DeliveryId", "Body", "ContentType", "Signature")
            select id, body, content_type, signature from arrived join stored on stored."Id" = arrived.id
        )
        select n from arrived join stored on stored."Id" = arrived.id
        """;

    private const string Count = """
        with copies as materialized (
            select d."Id", c.copies, c.retries
            from unnest($1, $2, $3, $4) as c(bot, key, copies, retries)
            join "Deliveries" d on d."BotId" = c.bot and d."DedupKey" = c.key
            order by d."Id" for update of d
        )
        update "Deliveries" d set "Duplicates" = d."Duplicates" + c.copies, "RetryCount" = greatest(d."RetryCount", c.retries)
        from copies c where d."Id" = c."Id"
        """;

    /// <summary>For each webhook true = new. Copies within the batch are known by the first of them.</summary>
    public static async Task<IReadOnlyList<bool>> RunAsync(NpgsqlConnection connection, IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel)
    {
        var groups = Enumerable
            .Range(0, webhooks.Count)
            .GroupBy(i => (webhooks[i].Delivery.BotId, webhooks[i].Delivery.DedupKey))
            .Select(g => new Arrived(g.First(), webhooks[g.First()], g.Count(), g.Max(i => webhooks[i].Delivery.RetryCount)))
            .ToList();
        var isNew = new bool[webhooks.Count];
        await using (var insert = new NpgsqlCommand(Insert, connection))
        {
            AddRows(insert.Parameters, groups);
            await using var rows = await insert.ExecuteReaderAsync(cancel);
            while (await rows.ReadAsync(cancel))
                isNew[groups[(int)rows.GetInt64(0) - 1].Index] = true;
        }
        var known = groups.Where(g => !isNew[g.Index]).ToList();
        if (known.Count == 0)
            return isNew;
        await using var count = new NpgsqlCommand(Count, connection);
        Add(count.Parameters, NpgsqlDbType.Uuid, known, g => g.Delivery.BotId);
        Add(count.Parameters, NpgsqlDbType.Text, known, g => g.Delivery.DedupKey);
        Add(count.Parameters, NpgsqlDbType.Integer, known, g => g.Copies);
        Add(count.Parameters, NpgsqlDbType.Integer, known, g => g.RetryCount);
        await count.ExecuteNonQueryAsync(cancel);
        return isNew;
    }

    private static void AddRows(NpgsqlParameterCollection to, List<Arrived> rows)
    {
        Add(to, NpgsqlDbType.Uuid, rows, r => r.Delivery.BotId);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.DedupKey);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.Action);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.Kind.ToString());
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.FreshchatConversationId);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.MessageId);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.ActorType);
        Add(to, NpgsqlDbType.Bigint, rows, r => r.Delivery.EventTime.ToUnixTimeMilliseconds());
        Add(to, NpgsqlDbType.Bigint, rows, r => r.Delivery.ReceivedAt.ToUnixTimeMilliseconds());
        Add(to, NpgsqlDbType.Integer, rows, r => r.RetryCount);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.PayloadVersion);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.KeyFingerprint);
        Add(to, NpgsqlDbType.Text, rows, r => r.Delivery.TraceId);
        Add(to, NpgsqlDbType.Integer, rows, r => r.Copies - 1);
        Add(to, NpgsqlDbType.Bytea, rows, r => r.Webhook.Body);
        Add(to, NpgsqlDbType.Text, rows, r => r.Webhook.ContentType);
        Add(to, NpgsqlDbType.Text, rows, r => r.Webhook.Signature);
    }

    private static void Add<T>(NpgsqlParameterCollection to, NpgsqlDbType type, List<Arrived> rows, Func<Arrived, T> value) =>
        to.Add(new NpgsqlParameter<T[]> { TypedValue = [.. rows.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });

    // The first of equal webhooks, its place in the batch, how many there are and the highest retry count among them.
    private sealed record Arrived(int Index, StoredWebhook Webhook, int Copies, int RetryCount)
    {
        public Delivery Delivery => Webhook.Delivery;
    }
}
