using System.Globalization;
using Core.Bots;
using Core.Storage.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Benchmarks.History;

/// <summary>Copies of the one bot that was connected, under names, ids and accounts of their own.</summary>
internal static class GrowBots
{
    /// <summary>Name of the copy with that number, from 1.</summary>
    public static string Name(int number) => $"zz copy {number.ToString("00000", CultureInfo.InvariantCulture)}";

    /// <summary>The statement that makes so many of them.</summary>
    public static string Statement(bool postgreSql, int bots)
    {
        using var db = new SqlitePortalDb(new DbContextOptionsBuilder<SqlitePortalDb>().UseSqlite("Data Source=:memory:").Options);
        var table = db.Model.FindEntityType(typeof(Bot))!.GetTableMappings().Single().Table;
        var columns = table.Columns.Select(column => column.Name).ToList();
        var digits = postgreSql ? "lpad(i::text, 12, '0')" : "printf('%012d', i)";
        string Value(string column) =>
            column switch
            {
                "Id" => postgreSql ? $"('00000000-0000-4000-8000-' || {digits})::uuid" : $"'00000000-0000-4000-8000-' || {digits}",
                "Name" => $"'zz copy ' || substr({digits}, 8)",
                "WebhookId" or "AppId" or "AgentId" => $"\"{column}\" || '-' || {digits}",
                "MammutId" => "i",
                _ => $"\"{column}\"",
            };
        return $"""
            insert into "{table.Name}" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {bots})
            select {string.Join(", ", columns.Select(Value))} from "{table.Name}" cross join n
            """;
    }
}
