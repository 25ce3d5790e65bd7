using Microsoft.Data.Sqlite;

namespace Support;

/// <summary>A folder of its own for the files of one portal; gone when the test is.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("portal-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <inheritdoc />
    public void Dispose()
    {
        // Pooled connections hold the database files of a portal that has stopped.
        SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
