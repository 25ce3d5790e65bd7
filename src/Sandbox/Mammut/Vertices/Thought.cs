using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sandbox.Ledger;

namespace Sandbox.Mammut.Vertices;

/// <summary>Something said in a room (mammut.md 5).</summary>
internal sealed class Thought : IEntityTypeConfiguration<Thought>
{
    public long Id { get; init; }

    public string Text { get; init; } = "";

    public DateTimeOffset CreationDate { get; init; }

    public required Room Room { get; init; }

    /// <summary>The user at the far end of <c>send-by</c>.</summary>
    public required User Sender { get; init; }

    /// <summary>What hangs on this thought by the edge <c>cause</c>.</summary>
    public List<Issue> Issues { get; } = [];

    /// <summary>The thought as the ledger keeps it; room and its bot must be loaded.</summary>
    public ThoughtSaid Entry(double arrivedAt, double storedAt) =>
        new(Id, Room.Id, Sender.Id, Sender == Room.Bot, Text, CreationDate, arrivedAt, storedAt);

    public void Configure(EntityTypeBuilder<Thought> builder)
    {
        builder.ToTable("MammutThoughts");
        builder.HasOne(t => t.Room).WithMany().HasForeignKey("RoomId");
        builder.HasOne(t => t.Sender).WithMany().HasForeignKey("SenderId");
        builder.HasIndex("RoomId", nameof(CreationDate), nameof(Id));
    }
}
