using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Brain;

/// <summary>A thought a bot is going to answer; kept until it has, whatever happens to the process.</summary>
internal sealed class BotTurn : IEntityTypeConfiguration<BotTurn>
{
    public long Id { get; init; }

    public required Thought Question { get; init; }

    /// <summary>When the answer is to be in the room.</summary>
    public DateTimeOffset Due { get; init; }

    public void Configure(EntityTypeBuilder<BotTurn> builder)
    {
        builder.ToTable("MammutBotTurns").HasIndex(t => t.Due);
        builder.HasOne(t => t.Question).WithMany().HasForeignKey("QuestionId");
    }
}
