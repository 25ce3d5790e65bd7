using Core.Conversations;
using Core.Webhooks;
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
    public override async Task<List<Delivery>> TakeReceivedAsync(int most, IReadOnlyCollection<long> except, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(except);
        var ids = await ConversationLocks.TakeAsync(this, most, [.. except], cancel);
        return ids.Count == 0 ? [] : await Deliveries.Where(d => ids.Contains(d.Id)).OrderBy(d => d.Id).ToListAsync(cancel);
    }

    /// <inheritdoc />
    public override Task<List<Delivery>> TakeReceivedOfAsync(Conversation conversation, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(conversation);
        // Waits for whoever holds them: nothing that is stored may be overlooked here.
        return Deliveries
            .FromSql(
                $"""
                select * from "Deliveries" where "Status" = 'Received' and "BotId" = {conversation.BotId}
                and "FreshchatConversationId" = {conversation.FreshchatId} order by "Id" for update
                """
            )
            .ToListAsync(cancel);
    }

    /// <inheritdoc />
    public override Task LockAsync(IReadOnlyCollection<long> conversations, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        return ConversationLocks.WaitAsync(this, [.. conversations], cancel);
    }

    /// <inheritdoc />
    public override Task RenewLeasesAsync(string node, DateTimeOffset until, CancellationToken cancel) =>
        // In the order in which others lock several conversations, so that nobody waits in a circle.
        Database.ExecuteSqlAsync(
            $"""
            update "Conversations" set "LeaseUntil" = {until.ToUnixTimeMilliseconds()}
            where "Id" in (select "Id" from "Conversations" where "LeaseOwner" = {node} order by "Id" for update)
            """,
            cancel
        );

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        base.ConfigureConventions(configurationBuilder);
        // SQLite stores what is longer than expected as well; a customer's message is not refused for the length of an id.
        configurationBuilder.Properties<string>().HaveColumnType("text");
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        base.OnModelCreating(modelBuilder);
        // One statement stores a delivery and its bytes; to look the delivery up for every row would cost a third of the rate.
        var payload = modelBuilder.Entity<DeliveryPayload>();
        payload.Property(p => p.DeliveryId).ValueGeneratedNever();
        foreach (var checkedRow in payload.Metadata.GetForeignKeys().ToList())
            payload.Metadata.RemoveForeignKey(checkedRow);
    }
}
