using System.Text.Json.Serialization;
using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>A message (freshchat.md 5.7).</summary>
public sealed record FreshchatMessage
{
    /// <summary>Id; empty when the answer to a post left it out.</summary>
    [JsonPropertyName("id"), JsonConverter(typeof(OwnId))] public string Id { get; init; } = "";

    /// <summary>App ID.</summary>
    [JsonPropertyName("app_id")] public string? AppId { get; init; }

    /// <summary><c>user</c>, <c>agent</c>, <c>system</c>, <c>bot</c>; an open set.</summary>
    [JsonPropertyName("actor_type")] public string? ActorType { get; init; }

    /// <summary>Who wrote it.</summary>
    [JsonPropertyName("actor_id"), JsonConverter(typeof(OptionalId))] public string? ActorId { get; init; }

    /// <summary>The customer of the conversation.</summary>
    [JsonPropertyName("user_id"), JsonConverter(typeof(OptionalId))] public string? UserId { get; init; }

    /// <summary>Topic.</summary>
    [JsonPropertyName("channel_id"), JsonConverter(typeof(OptionalId))] public string? ChannelId { get; init; }

    /// <summary>GUID of the conversation.</summary>
    [JsonPropertyName("conversation_id"), JsonConverter(typeof(OptionalId))] public string? ConversationId { get; init; }

    /// <summary>Number of the conversation.</summary>
    [JsonPropertyName("freshchat_conversation_id"), JsonConverter(typeof(OptionalId))]
    public string? NumericConversationId { get; init; }

    /// <summary>One episode of the conversation (freshchat.md 6).</summary>
    [JsonPropertyName("interaction_id"), JsonConverter(typeof(OptionalId))] public string? InteractionId { get; init; }

    /// <summary><c>normal</c>, <c>private</c>, <c>system</c>; missing counts as normal.</summary>
    [JsonPropertyName("message_type")] public string? MessageType { get; init; }

    /// <summary>A note for agents only, whatever the type says.</summary>
    [JsonPropertyName("botsPrivateNote")] public bool? BotsPrivateNote { get; init; }

    /// <summary>Contents in order.</summary>
    [JsonPropertyName("message_parts")] public IReadOnlyList<FreshchatPart>? Parts { get; init; }

    /// <summary>Written at, on Freshchat's clock.</summary>
    [JsonPropertyName("created_time")] public DateTimeOffset? CreatedTime { get; init; }

    /// <summary>The contents of all text parts in order, joined by a line feed; null without any (freshchat.md 10).</summary>
    [JsonIgnore]
    public string? Text => Parts?.Select(part => part?.Text?.Content).OfType<string>().ToList() is { Count: > 0 } texts
        ? string.Join('\n', texts)
        : null;
}

/// <summary>One part of a message: exactly one of its kinds is set; kinds that the portal does not use read as none.</summary>
public sealed record FreshchatPart
{
    /// <summary>Text.</summary>
    [JsonPropertyName("text")] public FreshchatText? Text { get; init; }

    /// <summary>Image; its address may be missing at first.</summary>
    [JsonPropertyName("image")] public FreshchatFile? Image { get; init; }

    /// <summary>File; long customer text can arrive as one with <c>text/plain</c>.</summary>
    [JsonPropertyName("file")] public FreshchatFile? File { get; init; }
}

/// <summary>Text of a part.</summary>
public sealed record FreshchatText
{
    /// <summary>The text itself, untrimmed.</summary>
    [JsonPropertyName("content")] public string? Content { get; init; }
}

/// <summary>A file or an image of a part.</summary>
public sealed record FreshchatFile
{
    /// <summary>File name.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Where it lies; may be missing at first.</summary>
    [JsonPropertyName("url")] public string? Url { get; init; }

    /// <summary>Media type.</summary>
    [JsonPropertyName("content_type")] public string? ContentType { get; init; }
}
