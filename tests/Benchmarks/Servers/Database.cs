using Microsoft.Data.Sqlite;

namespace Benchmarks.Servers;

/// <summary>An empty database of its own for one portal; gone when it is disposed of.</summary>
internal sealed class Database : IAsyncDisposable
{
    private readonly string _folder;

    private Database(string folder) => _folder = folder;

    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["Database:Provider"] = "Sqlite", ["ConnectionStrings:Portal"] = $"Data Source={File}" };

    private string File => Path.Combine(_folder, "portal.db");

    public static Database Create(string folder) => new(Directory.CreateDirectory(Path.Combine(folder, "databases", Guid.NewGuid().ToString("N"))).FullName);

    /// <summary>One number, read beside the running portal.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Sentences of this program.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
