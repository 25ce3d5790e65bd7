namespace Sandbox.Freshchat.Conversations;

/// <summary>One message of a conversation (freshchat.md 5.7).</summary>
internal sealed class Message
{
    public const string Normal = "normal";
    public const string Private = "private";
    public const string System = "system";

    /// <summary>Order of writing, over all conversations.</summary>
    public long Sequence { get; init; }

    /// <summary>GUID.</summary>
    public required string Id { get; init; }

    public required string ConversationId { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>bot</c> or <c>system</c>.</summary>
    public required string ActorType { get; init; }

    /// <summary>Empty for what the system says.</summary>
    public required string ActorId { get; init; }

    /// <summary>The author's number in the organisation; null for bots and the system.</summary>
    public string? OrganisationActorId { get; init; }

    /// <summary><c>normal</c>, <c>private</c> or <c>system</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The parts as JSON, exactly as they were sent.</summary>
    public required string Parts { get; init; }

    /// <summary>The episode it belongs to.</summary>
    public required string InteractionId { get; init; }

    public required DateTimeOffset CreatedTime { get; init; }
}
