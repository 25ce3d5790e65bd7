using Core.Webhooks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Core.Storage.Tables;

internal sealed class DeliveryTable : IEntityTypeConfiguration<Delivery>
{
    public void Configure(EntityTypeBuilder<Delivery> delivery)
    {
        delivery.ToTable("Deliveries");
        delivery.Property(d => d.DedupKey).HasMaxLength(200);
        delivery.Property(d => d.Action).HasMaxLength(100);
        delivery.Property(d => d.FreshchatConversationId).HasMaxLength(200);
        delivery.Property(d => d.MessageId).HasMaxLength(200);
        delivery.Property(d => d.ActorType).HasMaxLength(40);
        delivery.Property(d => d.Reason).HasMaxLength(60);
        // freshchat.md 9.4: the insert itself decides about duplicates.
        delivery.HasIndex(d => new { d.BotId, d.DedupKey }).IsUnique();
        delivery.HasIndex(d => new { d.BotId, d.Id });
        // Neither is known when a webhook is stored: then these cost nothing.
        delivery.HasIndex(d => new { d.ConversationId, d.Id }).HasFilter("\"ConversationId\" is not null");
        delivery.HasIndex(d => new { d.TurnId }).HasFilter("\"TurnId\" is not null");
        // What is still to be done stays small however long the history grows. Each filter is word for word what its query asks: SQLite
        // does not conclude anything else from a condition.
        delivery.HasIndex(d => d.Id).HasFilter("\"Status\" = 'Received'").HasDatabaseName("IX_Deliveries_Received");
        delivery.HasIndex(d => new { d.BotId, d.FreshchatConversationId }).HasFilter("\"Status\" = 'Received'").HasDatabaseName("IX_Deliveries_ReceivedOf");
        delivery.HasIndex(d => d.ConversationId).HasFilter("\"Status\" = 'Waiting'").HasDatabaseName("IX_Deliveries_Waiting");
        // What was given up and what means nothing here is rare, and no webhook is stored as such.
        delivery.HasIndex(d => d.FreshchatConversationId, "IX_Deliveries_Unknown").HasFilter("\"Reason\" = 'unknown_action'");
        delivery.HasIndex(d => d.Id, "IX_Deliveries_Dead").HasFilter("\"Status\" = 'Dead'");
        delivery.HasOne<DeliveryPayload>().WithOne().HasForeignKey<DeliveryPayload>(p => p.DeliveryId);
    }
}

internal sealed class DeliveryPayloadTable : IEntityTypeConfiguration<DeliveryPayload>
{
    public void Configure(EntityTypeBuilder<DeliveryPayload> payload)
    {
        payload.ToTable("DeliveryPayloads");
        payload.HasKey(p => p.DeliveryId);
    }
}
