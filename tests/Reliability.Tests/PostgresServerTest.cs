using Support;

namespace Reliability.Tests;

/// <summary>The server that every test on PostgreSQL stands on.</summary>
public sealed class PostgresServerTest
{
    [Fact]
    public async Task A_database_is_a_copy_of_its_template_and_nobody_elses()
    {
        Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
        var server = await PostgresServer.SharedAsync();

        async Task PrepareAsync(string template) => await server.QueryAsync("shapes", "create table shape (name text); insert into shape values ('circle')");
        var first = Name(await server.CreateDatabaseAsync("shapes", PrepareAsync));
        var second = Name(await server.CreateDatabaseAsync("shapes", PrepareAsync));
        await server.QueryAsync(first, "insert into shape values ('square')");

        Assert.Equal("circle\nsquare", await server.QueryAsync(first, "select name from shape order by name"));
        Assert.Equal("circle", await server.QueryAsync(second, "select name from shape"));
    }

    private static string Name(string connectionString) =>
        connectionString.Split(';').Single(part => part.StartsWith("Database=", StringComparison.Ordinal))["Database=".Length..];
}
