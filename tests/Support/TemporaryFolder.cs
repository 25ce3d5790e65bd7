using Microsoft.Data.Sqlite;

namespace Support;

/// <summary>A folder of its own for the files of one portal; gone when the test is.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it lies.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("portal-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Closes pooled connections, which hold the files of a portal that has stopped; other portals keep theirs.</summary>
    public void CloseDatabases()
    {
        foreach (var file in Directory.GetFiles(Path, "*.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file}");
            SqliteConnection.ClearPool(connection);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        CloseDatabases();
        Directory.Delete(Path, recursive: true);
    }
}
