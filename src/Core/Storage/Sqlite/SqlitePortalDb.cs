using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Core.Storage.Sqlite;

/// <summary>The portal's database on SQLite: one process, one file.</summary>
public sealed class SqlitePortalDb(DbContextOptions<SqlitePortalDb> options) : PortalDb(options)
{
    private InsertDelivery? _insert;

    /// <inheritdoc />
    public override Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        var connection = (SqliteConnection)Database.GetDbConnection();
        if (_insert?.Connection != connection)
            _insert = new InsertDelivery(connection);
        var transaction = (SqliteTransaction)Database.CurrentTransaction!.GetDbTransaction();
        var isNew = new bool[webhooks.Count];
        for (var i = 0; i < isNew.Length; i++)
            isNew[i] = _insert.Run(webhooks[i], transaction);
        return Task.FromResult<IReadOnlyList<bool>>(isNew);
    }
}
