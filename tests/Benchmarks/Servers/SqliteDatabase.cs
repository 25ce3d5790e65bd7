using Microsoft.Data.Sqlite;

namespace Benchmarks.Servers;

/// <summary>A file in a folder of its own.</summary>
internal sealed class SqliteDatabase : Database
{
    private readonly string _parent;
    private readonly string _folder;

    private SqliteDatabase(string parent)
    {
        _parent = parent;
        _folder = Directory.CreateDirectory(Path.Combine(parent, "databases", Guid.NewGuid().ToString("N"))).FullName;
        // A run that was stopped leaves no gigabytes behind.
        AppDomain.CurrentDomain.ProcessExit += Delete;
    }

    public override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Database:Provider"] = "Sqlite", ["ConnectionStrings:Portal"] = $"Data Source={File}" };

    private string File => Path.Combine(_folder, "portal.db");

    public static SqliteDatabase Create(string folder) => new(folder);

    public override async Task<long> NumberAsync(string sql)
    {
        await using var connection = await OpenAsync();
        return Convert.ToInt64(await Command(connection, sql).ExecuteScalarAsync(), null);
    }

    public override async Task FillAsync(IEnumerable<string> statements)
    {
        await using var connection = await OpenAsync();
        await Command(connection, "pragma synchronous = off; pragma foreign_keys = off; pragma cache_size = -1000000").ExecuteNonQueryAsync();
        await using (var transaction = (SqliteTransaction)await connection.BeginTransactionAsync())
        {
            foreach (var statement in statements)
            {
                using var command = Command(connection, statement);
                command.Transaction = transaction;
                await command.ExecuteNonQueryAsync();
            }
            await transaction.CommitAsync();
        }
        await Command(connection, "pragma synchronous = full; pragma wal_checkpoint(truncate)").ExecuteNonQueryAsync();
    }

    // A portal that has stopped has left its journal behind only when it was killed.
    public override async Task<Database> CopyAsync()
    {
        await using (var connection = await OpenAsync())
            await Command(connection, "pragma wal_checkpoint(truncate)").ExecuteNonQueryAsync();
        var copy = new SqliteDatabase(_parent);
        await using var from = System.IO.File.OpenRead(File);
        await using var to = System.IO.File.Create(copy.File);
        await from.CopyToAsync(to);
        // Now, and not while the portal waits for the same disk.
        to.Flush(flushToDisk: true);
        return copy;
    }

    public override ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= Delete;
        Delete(null, EventArgs.Empty);
        return ValueTask.CompletedTask;
    }

    private void Delete(object? sender, EventArgs e) => Directory.Delete(_folder, recursive: true);

    private async Task<SqliteConnection> OpenAsync()
    {
        var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Sentences of this program, from the model's own names.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.CommandTimeout = 600;
        return command;
    }
}
