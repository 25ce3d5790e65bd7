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
        delivery.HasIndex(d => new { d.ConversationId, d.Id });
        delivery.HasIndex(d => new { d.TurnId });
        // What is still to be done stays small however long the history grows.
        delivery.HasIndex(d => new { d.Status, d.Id }).HasFilter("\"Status\" in ('Received', 'Waiting')");
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
