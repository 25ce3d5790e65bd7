using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Sandbox.Mammut.Vertices;

/// <summary>A person, a bot or a visitor (mammut.md 5).</summary>
internal sealed class User : IEntityTypeConfiguration<User>
{
    /// <summary>Who a user may be, in Mammut's words.</summary>
    public static readonly IReadOnlyList<string> Types = ["machine", "normal", "person", "supervisor", "facebook-automatic"];

    public long Id { get; init; }

    public string UserType { get; set; } = "";

    public string Name { get; set; } = "";

    /// <summary>Unique among users; an empty text is a value like any other, only null is none (mammut.md 3.3).</summary>
    public string? MainEmail { get; set; }

    /// <summary>Every property as it was given, as a JSON object.</summary>
    public string Properties { get; set; } = "{}";

    public void Configure(EntityTypeBuilder<User> builder)
    {
        builder.ToTable("MammutUsers").HasIndex(u => u.MainEmail).IsUnique();
    }

    /// <summary>A property that is a text; null when it is missing or anything else.</summary>
    public string? Property(string name) =>
        JsonNode.Parse(Properties)![name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>Takes over properties, those not named staying as they are; links to other vertices are not properties.</summary>
    public void Take(IEnumerable<KeyValuePair<string, JsonNode?>> properties)
    {
        var all = JsonNode.Parse(Properties)!.AsObject();
        foreach (var (name, value) in properties.Where(p => !p.Key.Contains('@', StringComparison.Ordinal)))
            all[name] = value?.DeepClone();
        Properties = all.ToJsonString();
        UserType = all["user-type"]?.ToString() ?? "";
        Name = all["name"]?.ToString() ?? "";
        MainEmail = all["main-email"]?.ToString();
    }
}
