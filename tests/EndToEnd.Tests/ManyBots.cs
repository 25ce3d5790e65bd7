using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

namespace EndToEnd.Tests;

/// <summary>A company with ten thousand bots: the list is all there, and only what is seen of it is drawn.</summary>
public sealed class ManyBots
{
    private const int Bots = 10_000;

    [Fact]
    public async Task Ten_thousand_bots_are_scrolled_searched_and_sorted()
    {
        await using var portal = await PortalProcess.StartAsync();
        await using var chromium = await Chromium.StartAsync();
        await using var person = await chromium.PersonAsync(portal.Address, "en");
        var page = await person.NewPageAsync();
        var admin = new Newcomer(page, page, "en");
        await admin.SignInAsync();
        await MakeAsync(portal.Database);
        await page.ReloadAsync();

        await Assertions.Expect(Row(page, "bot 00001")).ToBeVisibleAsync();
        Assert.InRange(await page.GetByTestId("bot-row").CountAsync(), 10, 100);

        // The list is as long as its rows are guessed to be high: who wants its end goes there until it is the end.
        await page.WaitForFunctionAsync(
            "() => { scrollTo(0, document.documentElement.scrollHeight); return [...document.querySelectorAll('[data-testid=bot-row]')].some(row => row.textContent.includes('bot 10000')); }",
            null,
            new() { Timeout = 20_000, PollingInterval = 250 }
        );
        await Assertions.Expect(Row(page, "bot 10000")).ToBeVisibleAsync();
        Assert.InRange(await page.GetByTestId("bot-row").CountAsync(), 10, 100);

        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.Locator("[data-by=messages]").ClickAsync();
        await Assertions.Expect(page.GetByTestId("bot-row").First).ToContainTextAsync("bot 04711");
        await Assertions.Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Today");

        await page.GetByTestId("search").FillAsync("bot 07777");
        await Assertions.Expect(page.GetByTestId("bot-row")).ToHaveCountAsync(1);
        await Assertions.Expect(Row(page, "bot 07777")).ToBeVisibleAsync();
    }

    private static ILocator Row(IPage page, string name) => page.GetByTestId("bot-row").Filter(new() { HasText = name });

    // As if they had been connected one after another; one of them is busier than the others.
    private static async Task MakeAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        var columns = new Dictionary<string, string>
        {
            ["Id"] = "printf('00000000-0000-4000-8000-%012d', i)",
            ["Name"] = "printf('bot %05d', i)",
            ["Status"] = "'Live'",
            ["WebhookId"] = "printf('many-%05d', i)",
            ["AppId"] = "printf('app-%05d', i)",
            ["MammutId"] = "i",
            ["Policies_WithoutGroup"] = "'StayActive'",
            ["Policies_SystemAssignment"] = "'Ignore'",
            ["Policies_NoText"] = "'HandOver'",
        };
        // What else has to be there is empty.
        await foreach (var (name, empty) in RequiredAsync(connection))
            columns.TryAdd(name, empty);
        await RunAsync(
            connection,
            $"""
            with recursive n(i) as (select 1 union all select i + 1 from n where i < {Bots})
            insert into "Bots" ({string.Join(", ", columns.Keys.Select(name => $"\"{name}\""))}) select {string.Join(", ", columns.Values)} from n
            """
        );
        await RunAsync(
            connection,
            """
            insert into "BotHours" ("Hour", "BotId", "Messages", "Turns", "HandedOver")
            values (unixepoch() / 3600, '00000000-0000-4000-8000-000000004711', 1204, 1100, 66)
            """
        );
    }

    private static async IAsyncEnumerable<(string Name, string Empty)> RequiredAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = """select name, type from pragma_table_info('Bots') where "notnull" = 1""";
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            yield return (reader.GetString(0), reader.GetString(1) is "TEXT" ? "''" : "0");
    }

    private static async Task RunAsync(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Made of names that the database itself gave.
        command.CommandText = sql;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
