using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Mammut.Vertices;

/// <summary>A question a bot could not answer, or a note to the platform such as <c>RemoveHaltedMark</c> (mammut.md 8).</summary>
internal sealed class Issue : IEntityTypeConfiguration<Issue>
{
    public long Id { get; init; }

    public string IssueType { get; set; } = "";

    public string IssueState { get; set; } = "";

    public string ResolutionText { get; set; } = "";

    public string? CustomCode { get; set; }

    public DateTimeOffset CreationDate { get; init; }

    public long? MachineId { get; init; }

    public Room? Room { get; init; }

    /// <summary>The thought it hangs on; an issue that was posted hangs on none.</summary>
    public Thought? Cause { get; init; }

    public bool IsOpen => IssueState != "close";

    /// <summary>Whether it is the note that lets a halted bot speak again; types are compared by their letters alone.</summary>
    public bool RemovesHaltedMark => string.Concat(IssueType.Where(char.IsLetter)).Equals("RemoveHaltedMark", StringComparison.OrdinalIgnoreCase);

    public void Configure(EntityTypeBuilder<Issue> builder)
    {
        builder.ToTable("MammutIssues");
        builder.HasOne(i => i.Room).WithMany().HasForeignKey("RoomId");
        builder.HasOne(i => i.Cause).WithMany(t => t.Issues).HasForeignKey("CauseId");
    }
}
