using Core.Conversations;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Core.Storage.Tables;

internal sealed class ConversationTable : IEntityTypeConfiguration<Conversation>
{
    public void Configure(EntityTypeBuilder<Conversation> conversation)
    {
        conversation.ToTable("Conversations");
        conversation.Property(c => c.FreshchatId).HasMaxLength(200);
        // Freshchat's id first: it is also looked for without a bot.
        conversation.HasIndex(c => new { c.FreshchatId, c.BotId }).IsUnique();
        conversation.HasIndex(c => new { c.BotId, c.LastEventAt });
        conversation.HasIndex(c => c.LastEventAt);
        // Where bots rarely hand over, few of the latest are people's.
        conversation.HasIndex(c => c.LastEventAt, "IX_Conversations_People").HasFilter("\"Owner\" = 'People'");
        // Few at any time, and looked for every few seconds.
        conversation.HasIndex(c => c.LeaseOwner).HasFilter("\"LeaseOwner\" is not null");
        conversation.HasIndex(c => c.RoomHalted).HasFilter("\"RoomHalted\"");
        conversation.HasIndex(c => c.BlockedByTurnId).HasFilter("\"BlockedByTurnId\" is not null");
    }
}

internal sealed class OwnershipEventTable : IEntityTypeConfiguration<OwnershipEvent>
{
    public void Configure(EntityTypeBuilder<OwnershipEvent> owned)
    {
        owned.ToTable("OwnershipEvents");
        owned.HasIndex(o => o.ConversationId);
    }
}

internal sealed class TurnTable : IEntityTypeConfiguration<Turn>
{
    public void Configure(EntityTypeBuilder<Turn> turn)
    {
        turn.ToTable("Turns");
        turn.HasIndex(t => new { t.ConversationId, t.Id });
        turn.HasIndex(t => new { t.BotId, t.EndedAt });
        // One unfinished turn per conversation, whatever goes wrong.
        turn.HasIndex(t => t.ConversationId).IsUnique().HasFilter("\"EndedAt\" is null").HasDatabaseName("IX_Turns_Unfinished");
        turn.HasMany(t => t.Replies).WithOne().HasForeignKey(r => r.TurnId);
        turn.HasMany(t => t.Calls).WithOne().HasForeignKey(c => c.TurnId);
        turn.HasOne(t => t.HandOver).WithOne().HasForeignKey<HandOver>(h => h.TurnId);
    }
}

internal sealed class ReplyTable : IEntityTypeConfiguration<Reply>
{
    public void Configure(EntityTypeBuilder<Reply> reply)
    {
        reply.ToTable("Replies");
        reply.Property(r => r.FreshchatMessageId).HasMaxLength(200);
        // mammut.md 6.5: a thought of a room is shown to the customer once.
        reply.HasIndex(r => new { r.ConversationId, r.ThoughtId }).IsUnique();
        reply.HasIndex(r => new { r.ConversationId, r.FreshchatMessageId });
    }
}

internal sealed class HandOverTable : IEntityTypeConfiguration<HandOver>
{
    public void Configure(EntityTypeBuilder<HandOver> handOver)
    {
        handOver.ToTable("HandOvers");
        handOver.HasIndex(h => new { h.BotId, h.IntentAt });
        handOver.HasIndex(h => h.ConversationId);
    }
}

internal sealed class TurnCallTable : IEntityTypeConfiguration<TurnCall>
{
    public void Configure(EntityTypeBuilder<TurnCall> call)
    {
        call.ToTable("TurnCalls");
        call.Property(c => c.Step).HasMaxLength(40);
        call.Property(c => c.Code).HasMaxLength(60);
    }
}

internal sealed class OpenQuestionTable : IEntityTypeConfiguration<OpenQuestion>
{
    public void Configure(EntityTypeBuilder<OpenQuestion> question)
    {
        question.ToTable("OpenQuestions");
        question.HasIndex(q => new { q.ConversationId, q.IssueId }).IsUnique();
        question.HasIndex(q => new { q.BotId, q.Id });
    }
}

internal sealed class MessageTable : IEntityTypeConfiguration<Message>
{
    public void Configure(EntityTypeBuilder<Message> message)
    {
        message.ToTable("Messages");
        message.Property(m => m.FreshchatId).HasMaxLength(200);
        message.HasIndex(m => new { m.ConversationId, m.CreatedAt });
        message.HasIndex(m => m.DeliveryId).IsUnique();
        message.HasIndex(m => m.TurnId);
    }
}
