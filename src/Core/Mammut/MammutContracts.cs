using System.Text.Json.Serialization;

namespace Core.Mammut;

/// <summary>A user of the graph: a bot or a visitor (mammut.md 5).</summary>
public sealed record MammutUser
{
    /// <summary>Id, 64 bit.</summary>
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary><c>machine</c>, <c>normal</c> and others.</summary>
    [JsonPropertyName("user-type")] public string? UserType { get; init; }

    /// <summary>Name.</summary>
    [JsonPropertyName("name")] public string? Name { get; init; }

    /// <summary>Freshchat agent of the bot.</summary>
    [JsonPropertyName("freshchat-actor-id")] public string? FreshchatActorId { get; init; }

    /// <summary>Freshchat App ID of the bot.</summary>
    [JsonPropertyName("freshchat-app-id")] public string? FreshchatAppId { get; init; }

    /// <summary>Freshchat group name of the bot.</summary>
    [JsonPropertyName("freshchat-group-name")] public string? FreshchatGroupName { get; init; }
}

/// <summary>A room of the graph (mammut.md 5).</summary>
public sealed record MammutRoom
{
    /// <summary>Id, 64 bit.</summary>
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>Title.</summary>
    [JsonPropertyName("title")] public string? Title { get; init; }

    /// <summary>Channel, as it was created.</summary>
    [JsonPropertyName("channel")] public string? Channel { get; init; }

    /// <summary>Context, as it was created; null = the default context.</summary>
    [JsonPropertyName("sub-channel")] public string? SubChannel { get; init; }
}

/// <summary>A thought: what somebody said in a room (mammut.md 5, 6.5).</summary>
public sealed record MammutThought
{
    /// <summary>Id, 64 bit; what a thought is known by.</summary>
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>What was said.</summary>
    [JsonPropertyName("text")] public string? Text { get; init; }

    /// <summary>Said at; compare cut to whole seconds (mammut.md 6.4).</summary>
    [JsonPropertyName("creation-date")] public DateTimeOffset? CreationDate { get; init; }

    /// <summary>Id of who said it; null when the answer does not tell.</summary>
    [JsonIgnore] public long? SenderId => SendBy?.User is [{ } sender, ..] ? sender.Id : null;

    /// <summary>The issues that hang on it.</summary>
    [JsonIgnore] public IReadOnlyList<MammutIssue> Issues => Cause?.Issue ?? [];

    /// <summary>Edge to who said it.</summary>
    [JsonPropertyName("send-by")] public MammutSendBy? SendBy { get; init; }

    /// <summary>Edge to its issues.</summary>
    [JsonPropertyName("cause")] public MammutCause? Cause { get; init; }
}

/// <summary>The edge <c>send-by</c> of a thought (mammut.md 3.2).</summary>
public sealed record MammutSendBy
{
    /// <summary>One user.</summary>
    [JsonPropertyName("user")] public IReadOnlyList<MammutUser>? User { get; init; }
}

/// <summary>The edge <c>cause</c> of a thought (mammut.md 8).</summary>
public sealed record MammutCause
{
    /// <summary>All issues that hang on the thought.</summary>
    [JsonPropertyName("issue")] public IReadOnlyList<MammutIssue>? Issue { get; init; }
}

/// <summary>An issue: something the bot could not do, or a mark of the platform (mammut.md 5, 8).</summary>
public sealed record MammutIssue
{
    /// <summary>Id, 64 bit.</summary>
    [JsonPropertyName("id")] public long Id { get; init; }

    /// <summary>Type; its literals are not public, compare tolerantly (<see cref="Issues"/>).</summary>
    [JsonPropertyName("issue-type")] public string? Type { get; init; }

    /// <summary><c>open</c> or <c>close</c>; missing counts as open.</summary>
    [JsonPropertyName("issue-state")] public string? State { get; init; }
}
