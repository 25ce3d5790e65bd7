using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Freshchat.Conversations;

/// <summary>Where conversations and their messages are kept.</summary>
internal sealed class ConversationTables : IEntityTypeConfiguration<Conversation>, IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.ToTable("freshchat_conversations");
        conversation.HasOne(c => c.User).WithMany().HasForeignKey(c => c.UserId);
        conversation.HasOne(c => c.Topic).WithMany().HasForeignKey(c => c.TopicId);
        conversation.HasIndex(c => c.NumericId).IsUnique();
        conversation.Property(c => c.OpenedTime).HasConversion<UnixMilliseconds>();
        conversation.Property(c => c.CreatedTime).HasConversion<UnixMilliseconds>();
        conversation.Property(c => c.UpdatedTime).HasConversion<UnixMilliseconds>();
    }

    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("freshchat_messages");
        message.HasKey(m => m.Sequence);
        message.HasIndex(m => m.Id).IsUnique();
        message.HasIndex(m => new { m.ConversationId, m.Sequence });
        message.Property(m => m.CreatedTime).HasConversion<UnixMilliseconds>();
    }
}
