using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Control;

/// <summary>A switch that has been turned.</summary>
internal sealed class SwitchSetting : IEntityTypeConfiguration<SwitchSetting>
{
    public string System { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The value in JSON.</summary>
    public string Value { get; set; } = "";

    public void Configure(EntityTypeBuilder<SwitchSetting> builder) => builder.ToTable("Switches").HasKey(s => new { s.System, s.Name });
}
