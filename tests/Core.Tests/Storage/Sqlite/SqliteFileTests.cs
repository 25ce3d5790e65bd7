using Core.Storage;
using Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Support;

namespace Core.Tests.Storage.Sqlite;

/// <summary>What holds for SQLite alone: one process has the file, and its journal survives a crash.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_second_portal_is_refused_the_file_until_the_first_has_gone()
    {
        using var first = Prepare();
        using var second = Prepare();

        Assert.True(await first.RunAsync(CancellationToken.None));
        Assert.False(await second.RunAsync(CancellationToken.None));
        first.Dispose();

        Assert.True(await second.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task The_journal_is_written_ahead()
    {
        using var prepare = Prepare();
        await prepare.RunAsync(CancellationToken.None);

        await using var db = new Factory(folder.File("portal.db")).CreateDbContext();
        Assert.Equal(["wal"], await db.Database.SqlQueryRaw<string>("pragma journal_mode").ToListAsync());
    }

    private PrepareSqlite Prepare() => new(new Factory(folder.File("portal.db")));

    private sealed class Factory(string file) : IDbContextFactory<SqlitePortalDb>
    {
        public SqlitePortalDb CreateDbContext() =>
            new(
                new DbContextOptionsBuilder<SqlitePortalDb>()
                    .UseSqlite(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ConnectionString)
                    .Options
            );
    }
}
