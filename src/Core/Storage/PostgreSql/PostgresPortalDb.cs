using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Core.Storage.PostgreSql;

/// <summary>The portal's database on PostgreSQL: any number of processes, one database.</summary>
public sealed class PostgresPortalDb(DbContextOptions<PostgresPortalDb> options) : PortalDb(options)
{
    /// <inheritdoc />
    public override async Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<StoredWebhook> webhooks, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(webhooks);
        await Database.OpenConnectionAsync(cancel);
        try
        {
            return await InsertDeliveries.RunAsync((NpgsqlConnection)Database.GetDbConnection(), webhooks, cancel);
        }
        finally
        {
            await Database.CloseConnectionAsync();
        }
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        // SQLite stores what is longer than expected as well; a customer's message is not refused for the length of an id.
        configurationBuilder.Properties<string>().HaveColumnType("text");
    }
}
