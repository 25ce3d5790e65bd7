using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Mammut.Vertices;

/// <summary>Where users talk (mammut.md 5).</summary>
internal sealed class Room : IEntityTypeConfiguration<Room>
{
    public long Id { get; init; }

    public string RoomType { get; init; } = "";

    public DateTimeOffset CreationDate { get; init; }

    /// <summary>Every property but the date as it was given, as a JSON object; among them the <c>sub-channel</c>.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>The user at the far end of <c>create-by</c>.</summary>
    public required User Creator { get; init; }

    /// <summary>The user at the far end of <c>has</c>: who answers here, if it is a bot.</summary>
    public User? Bot { get; init; }

    /// <summary>The context the bot speaks in; null is the default context (mammut.md 9).</summary>
    public string? SubChannel { get; init; }

    /// <summary>After an issue the bot says nothing here until somebody removes the mark (mammut.md 8).</summary>
    public bool Halted { get; set; }

    /// <summary>The Freshchat conversation that is relayed into this room, as its webhooks spell it; null for a room that was made in the graph.</summary>
    public string? RelayConversation { get; init; }

    /// <summary>Where the bot answers a relayed conversation: base of Freshchat's API.</summary>
    public string? RelayChatUrl { get; init; }

    public void Configure(EntityTypeBuilder<Room> builder)
    {
        builder.ToTable("MammutRooms");
        builder.HasIndex(r => r.RelayConversation);
        builder.HasOne(r => r.Creator).WithMany().HasForeignKey("CreatorId");
        builder.HasOne(r => r.Bot).WithMany().HasForeignKey("BotId");
    }
}
