using System.Text.Json;
using Core.Bots.Changes;
using Core.Bots.Checks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Core.Storage.Tables;

internal sealed class BotChangeTable : IEntityTypeConfiguration<BotChange>
{
    public void Configure(EntityTypeBuilder<BotChange> change)
    {
        change.ToTable("BotChanges");
        change.Property(c => c.By).HasMaxLength(200);
        change.Property(c => c.Fields).HasConversion(new AsJson<FieldChange>(), new SameJson<FieldChange>());
        change.HasIndex(c => new { c.BotId, c.Id });
    }
}

internal sealed class BotCheckupTable : IEntityTypeConfiguration<BotCheckup>
{
    public void Configure(EntityTypeBuilder<BotCheckup> checkup)
    {
        checkup.ToTable("BotCheckups");
        checkup.HasKey(c => c.BotId);
        checkup.Property(c => c.Attention).HasMaxLength(60);
        checkup.Property(c => c.Found).HasConversion(new AsJson<Bots.BotCheck>(), new SameJson<Bots.BotCheck>());
        checkup.Property(c => c.Differences).HasConversion(new AsJson<Difference>(), new SameJson<Difference>());
    }
}

/// <summary>A short list that is read and written as a whole, and never asked for by what is in it.</summary>
internal sealed class AsJson<T>()
    : ValueConverter<IReadOnlyList<T>, string>(
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web),
        json => JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Web)!
    );

/// <summary>Two such lists are the same when what is written of them is.</summary>
internal sealed class SameJson<T>()
    : ValueComparer<IReadOnlyList<T>>(
        (one, other) => JsonSerializer.Serialize(one, JsonSerializerOptions.Web) == JsonSerializer.Serialize(other, JsonSerializerOptions.Web),
        list => JsonSerializer.Serialize(list, JsonSerializerOptions.Web).GetHashCode(StringComparison.Ordinal),
        list => list
    );
