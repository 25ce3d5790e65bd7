using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Mammut.Vertices;

/// <summary>An edge, as far as answers name it by number; where it leads is kept on the vertices.</summary>
internal sealed class Edge : IEntityTypeConfiguration<Edge>
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    public void Configure(EntityTypeBuilder<Edge> builder) => builder.ToTable("MammutEdges");
}
