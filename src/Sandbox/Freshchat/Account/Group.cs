namespace Sandbox.Freshchat.Account;

/// <summary>A group that conversations are assigned to (freshchat.md 5.4). Names are not unique; only the id is safe.</summary>
internal sealed class Group
{
    public required string Id { get; init; }

    /// <summary>Place in the lists.</summary>
    public required int Position { get; init; }

    public required string Name { get; set; }
    public required string Description { get; init; }
    public required int NumericId { get; init; }

    /// <summary>Ids of the members.</summary>
    public List<string> Agents { get; init; } = [];
}
