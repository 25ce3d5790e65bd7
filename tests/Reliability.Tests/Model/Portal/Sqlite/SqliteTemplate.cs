using Core.Storage;
using Core.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Reliability.Tests.Model.Portal.Sqlite;

/// <summary>Files, copied. Everything on them is done at once, on the thread of the model.</summary>
internal sealed class SqliteTemplate : Template
{
    // Memory where the system has some as a folder: a schedule commits a thousand times, and no disk is under test here.
    private readonly string _folder = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"model-{Guid.NewGuid():N}")
    ).FullName;

    private int _copies;

    public SqliteTemplate()
    {
        Make(Connection("template"));
        // What lies in the journal would be missing in the copies.
        using var connection = new SqliteConnection(Connection("template"));
        connection.Open();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "pragma wal_checkpoint(truncate)";
        using (var done = checkpoint.ExecuteReader())
            Assert.True(done.Read() && done.GetInt32(0) == 0, "The template is still in use.");
        SqliteConnection.ClearAllPools();
    }

    public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

    public override void Watch(IServiceCollection services, World world, Life life) =>
        services.ConfigureDbContext<SqlitePortalDb>(options => options.AddInterceptors(new CommitPoints(life), new Connections(life)));

    public override string Copy()
    {
        var copy = $"{++_copies}";
        File.Copy(Path.Combine(_folder, "template.db"), Path.Combine(_folder, $"{copy}.db"));
        return Connection(copy);
    }

    public override void Delete(string copy)
    {
        SqliteConnection.ClearAllPools();
        var name = Path.GetFileNameWithoutExtension(new SqliteConnectionStringBuilder(copy).DataSource);
        foreach (var file in Directory.GetFiles(_folder, name + ".*"))
            File.Delete(file);
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string Connection(string name) => $"Data Source={Path.Combine(_folder, name + ".db")}";
}
