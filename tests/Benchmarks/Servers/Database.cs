namespace Benchmarks.Servers;

/// <summary>A database of its own for one portal; gone when it is disposed of.</summary>
internal abstract class Database : IAsyncDisposable
{
    /// <summary>What the portal is told.</summary>
    public abstract IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>An empty one of the kind that was asked for.</summary>
    public static async Task<Database> CreateAsync(BenchmarkOptions options) =>
        options.PostgreSql ? await PostgresDatabase.CreateAsync() : SqliteDatabase.Create(options.Folder);

    /// <summary>One number, read beside the running portal.</summary>
    public abstract Task<long> NumberAsync(string sql);

    /// <summary>Runs statements in one transaction, without the checks and the safety that only cost time when a history is made up.</summary>
    public abstract Task FillAsync(IEnumerable<string> statements);

    /// <summary>Another one with the same content; no portal may be running on this one.</summary>
    public abstract Task<Database> CopyAsync();

    public abstract ValueTask DisposeAsync();
}
