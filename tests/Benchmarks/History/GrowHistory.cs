using Benchmarks.Servers;
using Core.Bots.Sites;
using Core.Conversations;
using Core.Storage.Sqlite;
using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Benchmarks.History;

/// <summary>
/// Makes a long history out of a short one that the portal itself has written: every row is copied under new ids, table by table, by
/// the names of Core's own model. So the proportions of deliveries, payloads, messages, turns, replies and calls are the portal's.
/// </summary>
internal static class GrowHistory
{
    private static readonly string[] Texts = ["DedupKey", "MessageId", "FreshchatId", "FreshchatConversationId", "FreshchatMessageId"];

    // Milliseconds: a million deliveries tell the story of some weeks.
    private const long BetweenCopies = 3_600_000;

    /// <summary>Grows the history to about that many deliveries.</summary>
    public static async Task ToAsync(Database database, int deliveries)
    {
        using var db = new SqlitePortalDb(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite("Data Source=:memory:").Options);
        var tables = db.Model.GetEntityTypes().Where(IsHistory).ToList();
        // How far the ids of each table reach; a copy begins behind them.
        var reach = new Dictionary<string, long>();
        foreach (var table in tables)
            reach[table.GetTableName()!] = await database.NumberAsync($"select coalesce(max(\"{Key(table)}\"), 0) from \"{table.GetTableName()}\"");
        var (seed, last) = (await database.NumberAsync("select count(*) from \"Deliveries\""), reach["Deliveries"]);
        reach["DeliveryPayloads"] = last;
        await database.FillAsync(Statements(tables, reach, (int)(deliveries / seed)));
    }

    private static IEnumerable<string> Statements(List<IEntityType> tables, Dictionary<string, long> reach, int copies)
    {
        for (var copy = 1; copy < copies; copy++)
        {
            foreach (var table in tables)
            {
                var name = table.GetTableName()!;
                var columns = table.GetProperties().Select(p => p.GetColumnName()).ToList();
                var times = table.GetProperties().Where(p => Nullable.GetUnderlyingType(p.ClrType) is var type && (type ?? p.ClrType) == typeof(DateTimeOffset));
                var earlier = times.Select(p => p.GetColumnName()).ToHashSet();
                var values = columns.Select(c => earlier.Contains(c) ? Shifted(c, -copy * BetweenCopies) : Value(c, name, Key(table), reach, copy));
                yield return $"insert into \"{name}\" ({string.Join(", ", columns.Select(c => $"\"{c}\""))}) "
                    + $"select {string.Join(", ", values)} from \"{name}\" where \"{Key(table)}\" <= {reach[name]}";
            }
        }
    }

    private static string Value(string column, string table, string key, Dictionary<string, long> reach, int copy) =>
        column switch
        {
            "ConversationId" => Shifted(column, reach["Conversations"] * copy),
            "DeliveryId" => Shifted(column, reach["Deliveries"] * copy),
            "TurnId" => Shifted(column, reach["Turns"] * copy),
            _ when column == key => Shifted(column, reach[table] * copy),
            _ when Texts.Contains(column) => $"\"{column}\" || '~{copy}'",
            _ => $"\"{column}\"",
        };

    private static string Shifted(string column, long by) => $"\"{column}\" + {by}";

    private static string Key(IEntityType table) => table.FindPrimaryKey()!.Properties[0].GetColumnName();

    // A site that nobody mapped is counted in one row, however often it is seen.
    private static bool IsHistory(IEntityType type) =>
        type.ClrType == typeof(Conversation)
        || (
            type.ClrType != typeof(UnknownSite)
            && type.FindPrimaryKey() is { Properties: [{ ClrType: var key }] }
            && key == typeof(long)
            && type.GetProperties().Any(p => p.Name is nameof(Delivery.ConversationId) or nameof(Message.DeliveryId) or nameof(Delivery.TurnId))
        );
}
