using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Core.Bots.Changes;
using Core.Conversations;
using Core.Tests.Freshchat;
using Core.Tests.Turns;
using Core.Webhooks;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Support;

namespace Core.Tests.Storage.Sqlite;

/// <summary>
/// What the receiver does costs the same however long the history is: no statement reads a table from end to end, nor all that a bot
/// ever received. SQLite alone, whose planner takes a partial index only when a query repeats its condition word for word.
/// </summary>
public sealed partial class QueryPlanTests
{
    private static readonly DateTimeOffset Since = new(2026, 3, 5, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Grow =
        ["Deliveries", "DeliveryPayloads", "Conversations", "Messages", "OwnershipEvents", "Turns", "Replies", "HandOvers", "TurnCalls", "OpenQuestions"];

    [Fact]
    public async Task No_statement_of_a_turn_reads_the_whole_history()
    {
        using var statements = new Statements();
        await using var desk = await Desk.OpenAsync();
        desk.Far.Knows = text => text != "¿Bonos?";
        desk.Far.Bot = text => text == "¿Bonos?" ? [] : ["Hola."];
        statements.Of = await desk.Portal.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()!));

        await desk.ArriveAsync(Webhook.Customer("m1", 0, "Hola"));
        await desk.FateAsync("m1 Handled");
        await desk.ArriveAsync(Webhook.Customer("m2", 1, "¿Bonos?"));
        await desk.FateAsync("m2 Handled does_not_know");

        var slow = await SlowAsync(statements);

        Assert.Contains(statements.All, s => s.Sql.Contains("'Received'", StringComparison.Ordinal));
        Assert.Empty(slow);
    }

    [Fact]
    public async Task No_list_that_is_narrowed_to_little_reads_the_whole_history()
    {
        using var statements = new Statements();
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.AddAsync(
            new Delivery { BotId = bot.Id, DedupKey = "m1", ReceivedAt = Since },
            new Conversation { Id = 17, BotId = bot.Id, FreshchatId = "5f2a-freshchat" }
        );
        statements.Of = await portal.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()!));

        DeliveryFilter[] filters =
        [
            new(null, DeliveryStatus.Received),
            new(null, DeliveryStatus.Waiting),
            new(null, DeliveryStatus.Dead),
            new(bot.Id, DeliveryStatus.Received),
            new(bot.Id, DeliveryStatus.Waiting),
            new(bot.Id, DeliveryStatus.Dead),
            new(Conversation: "17"),
            new(bot.Id, Conversation: "5f2a-freshchat"),
            new(From: Since.AddDays(-1), To: Since.AddDays(1)),
        ];
        foreach (var filter in filters)
            foreach (var after in (string?[])[null, Core.Outcomes.Cursor.Write("7")])
                Assert.True((await portal.Get<FindDeliveries>().ListAsync(TemporaryPortal.Viewer, filter, 50, after, CancellationToken.None)).Succeeded);
        foreach (var filter in (ConversationFilter[])[new(FreshchatId: "5f2a-freshchat"), new(bot.Id, "5f2a-freshchat"), new(Owner: Owner.People)])
            Assert.True((await portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, filter, 50, null, CancellationToken.None)).Succeeded);
        Assert.True((await portal.Get<FindConversations>().GetAsync(TemporaryPortal.Viewer, "17", CancellationToken.None)).Succeeded);
        Assert.True((await portal.Get<ExplainSilence>().HandleAsync(TemporaryPortal.Viewer, "17", CancellationToken.None)).Succeeded);

        Assert.True(statements.All.Count > filters.Length);
        Assert.Empty(await SlowAsync(statements));
    }

    [Fact]
    public async Task Those_left_in_a_pause_are_looked_for_in_the_order_of_the_latest()
    {
        using var statements = new Statements();
        await using var portal = await TemporaryPortal.OpenAsync();
        var bot = await portal.BotAsync();
        await portal.AddAsync(new BotChange { BotId = bot.Id, By = "olga", What = BotAct.Paused, At = Since }, new Conversation { BotId = bot.Id, FreshchatId = "5f2a-freshchat" });
        statements.Of = await portal.ReadAsync(db => Task.FromResult(db.Database.GetConnectionString()!));

        Assert.True((await portal.Get<CountLeftInPause>().HandleAsync(TemporaryPortal.Viewer, bot.Id, CancellationToken.None)).Succeeded);
        Assert.True((await portal.Get<FindConversations>().ListAsync(TemporaryPortal.Viewer, new(bot.Id, WrittenInPause: true), 50, null, CancellationToken.None)).Succeeded);

        // The bot's own conversations from the latest backwards, as many as are looked at; nothing else that grows.
        var slow = await SlowAsync(statements);
        Assert.Equal(2, slow.Count);
        Assert.All(slow, step => Assert.StartsWith("SEARCH c USING INDEX IX_Conversations_BotId_LastEventAt (BotId=?)", step, StringComparison.Ordinal));
    }

    private static async Task<List<string>> SlowAsync(Statements statements)
    {
        await using var connection = new SqliteConnection(statements.Of);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var partial = await ReadAsync(connection, "select name from sqlite_master where type = 'index' and sql like '% WHERE %'", []);
        var slow = new List<string>();
        foreach (var (sql, parameters) in statements.All)
            slow.AddRange((await PlanAsync(connection, sql, parameters)).Where(step => IsSlow(step, sql, partial)).Select(step => $"{step}: {sql}"));

        return slow;
    }

    // "SEARCH d USING INDEX x (BotId=?)" finds everything that a bot ever received.
    private static bool IsSlow(string step, string sql, List<string> partial) =>
        Step().Match(step) is { Success: true } match
        && Grow.Contains(Table(match.Groups["table"].Value, sql))
        && (match.Groups["verb"].Value == "SCAN" ? !partial.Contains(match.Groups["index"].Value) : match.Groups["by"].Value == "BotId=?");

    // Plans name a table by its alias.
    private static string Table(string alias, string sql) =>
        Regex.Match(sql, $"\"(\\w+)\" (?:AS )?\"{Regex.Escape(alias)}\"") is { Success: true } named ? named.Groups[1].Value : alias;

    private static async Task<List<string>> PlanAsync(SqliteConnection connection, string sql, KeyValuePair<string, object?>[] parameters) =>
        await ReadAsync(connection, "explain query plan " + sql, parameters, column: 3);

    private static async Task<List<string>> ReadAsync(SqliteConnection connection, string sql, KeyValuePair<string, object?>[] parameters, int column = 0)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements of the portal itself.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync())
            found.Add(rows.GetString(column));
        return found;
    }

    [GeneratedRegex(@"^(?<verb>SCAN|SEARCH) (?<table>\w+)(?: USING (?:COVERING )?INDEX (?<index>\w+))?(?: \((?<by>[^)]*)\))?")]
    private static partial Regex Step();

    /// <summary>Every statement on one database, once each.</summary>
    private sealed class Statements : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
    {
        private readonly ConcurrentDictionary<string, KeyValuePair<string, object?>[]> _seen = new();
        private readonly ConcurrentBag<IDisposable> _subscriptions = [];

        public Statements() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

        public string Of { get; set; } = "";

        public IReadOnlyList<(string Sql, KeyValuePair<string, object?>[] Parameters)> All =>
            [.. _seen.Where(s => s.Key.Contains('"', StringComparison.Ordinal) && !s.Key.Contains(Desk.ByTest, StringComparison.Ordinal)).Select(s => (s.Key, s.Value))];

        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == DbLoggerCategory.Name)
                _subscriptions.Add(value.Subscribe(this));
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value.Value is CommandExecutedEventData { Command: var command } && command.Connection?.ConnectionString == Of)
                _seen.TryAdd(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => KeyValuePair.Create(p.ParameterName, p.Value))]);
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void Dispose()
        {
            foreach (var subscription in _subscriptions)
                subscription.Dispose();
        }
    }
}
