using Microsoft.Data.Sqlite;

namespace Core.Storage.Sqlite;

/// <summary>
/// Stores a webhook with prepared commands: the one place where every microsecond is waited for by somebody who sends again after
/// three seconds. Runs in the transaction that is open on the connection.
/// </summary>
internal sealed class InsertDelivery
{
    private readonly SqliteCommand _delivery;
    private readonly SqliteCommand _payload;
    private readonly SqliteCommand _copy;

    public InsertDelivery(SqliteConnection connection)
    {
        Connection = connection;
        _delivery = Prepare(
            """
            insert into "Deliveries" ("BotId", "DedupKey", "Action", "Kind", "FreshchatConversationId", "MessageId", "ActorType", "EventTime",
                "ReceivedAt", "RetryCount", "PayloadVersion", "KeyFingerprint", "TraceId", "Duplicates", "Status")
            values ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, $p9, $p10, $p11, $p12, 0, 'Received')
            on conflict ("BotId", "DedupKey") do nothing
            """,
            13
        );
        _payload = Prepare(
            """insert into "DeliveryPayloads" ("DeliveryId", "Body", "ContentType", "Signature") values (last_insert_rowid(), $p0, $p1, $p2)""",
            3
        );
        _copy = Prepare(
            """
            update "Deliveries" set "Duplicates" = "Duplicates" + 1, "RetryCount" = max("RetryCount", $p0)
            where "BotId" = $p1 and "DedupKey" = $p2
            """,
            3
        );
    }

    public SqliteConnection Connection { get; }

    /// <summary>False = known already; the copy is counted on the first row.</summary>
    public bool Run(StoredWebhook webhook, SqliteTransaction transaction)
    {
        // The driver insists that a command knows the transaction of its connection.
        _delivery.Transaction = _payload.Transaction = _copy.Transaction = transaction;
        var delivery = webhook.Delivery;
        if (
            Set(
                _delivery,
                delivery.BotId,
                delivery.DedupKey,
                delivery.Action,
                delivery.Kind.ToString(),
                delivery.FreshchatConversationId,
                delivery.MessageId,
                delivery.ActorType,
                delivery.EventTime.ToUnixTimeMilliseconds(),
                delivery.ReceivedAt.ToUnixTimeMilliseconds(),
                delivery.RetryCount,
                delivery.PayloadVersion,
                delivery.KeyFingerprint,
                delivery.TraceId
            )
                .ExecuteNonQuery() == 1
        )
        {
            Set(_payload, webhook.Body, webhook.ContentType, webhook.Signature).ExecuteNonQuery();
            return true;
        }
        Set(_copy, delivery.RetryCount, delivery.BotId, delivery.DedupKey).ExecuteNonQuery();
        return false;
    }

    private SqliteCommand Prepare(string sql, int parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < parameters; i++)
            command.Parameters.Add(new SqliteParameter($"$p{i}", null));
        return command;
    }

    private static SqliteCommand Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command;
    }
}
