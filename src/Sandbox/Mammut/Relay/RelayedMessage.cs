using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Mammut.Relay;

/// <summary>A message the platform has been given already: repeats are ignored.</summary>
internal sealed class RelayedMessage : IEntityTypeConfiguration<RelayedMessage>
{
    public string Id { get; init; } = "";

    public void Configure(EntityTypeBuilder<RelayedMessage> builder) => builder.ToTable("MammutRelayedMessages");
}
