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

    [Fact]
    public async Task What_a_process_left_that_died_while_it_prepared_the_file_keeps_nobody_waiting()
    {
        using (var first = Prepare())
            await first.RunAsync(CancellationToken.None);
        await using (var db = new Factory(folder.File("portal.db")).CreateDbContext())
        {
            await db.Database.ExecuteSqlRawAsync("""create table if not exists "__EFMigrationsLock" ("Id" integer primary key, "Timestamp" text not null)""");
            await db.Database.ExecuteSqlRawAsync("""insert into "__EFMigrationsLock" values (1, '2026-01-01')""");
        }
        using var next = Prepare();

        Assert.True(await next.RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30)));
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
