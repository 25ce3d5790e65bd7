namespace Sandbox.Freshchat.Account;

/// <summary>A topic, which the API calls a channel (freshchat.md 5.4). Two topics may share a name.</summary>
internal sealed class Topic
{
    public required string Id { get; init; }

    /// <summary>Place in the lists.</summary>
    public required int Position { get; init; }

    public required string Name { get; init; }
    public required string Locale { get; init; }

    /// <summary>Numeric twin of the id (<c>freshchat_channel_id</c>).</summary>
    public required int NumericId { get; init; }

    public required string Welcome { get; init; }
    public List<string> Tags { get; init; } = [];
    public required DateTimeOffset UpdatedTime { get; init; }
}
