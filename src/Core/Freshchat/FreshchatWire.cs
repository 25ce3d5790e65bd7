using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Core.Outcomes;

namespace Core.Freshchat;

/// <summary>One page of any list; the list lies under the name of the resource (freshchat.md 4).</summary>
internal sealed record FreshchatPage
{
    [JsonPropertyName("agents")] public IReadOnlyList<FreshchatAgent>? Agents { get; init; }

    [JsonPropertyName("groups")] public IReadOnlyList<FreshchatGroup>? Groups { get; init; }

    [JsonPropertyName("channels")] public IReadOnlyList<FreshchatChannel>? Channels { get; init; }

    [JsonPropertyName("messages")] public IReadOnlyList<FreshchatMessage>? Messages { get; init; }

    [JsonPropertyName("pagination")] public FreshchatPagination? Pagination { get; init; }

    [JsonPropertyName("links")] public FreshchatLinks? Links { get; init; }

    /// <summary>Links only tell whether there is a next page; it is asked for by number and never by address (freshchat.md 4).</summary>
    public bool HasNext =>
        (Links is null || Links.NextPage is { ValueKind: JsonValueKind.Object })
        && (Pagination is not { CurrentPage: { } current, TotalPages: { } total } ? Links is not null : current < total);
}

internal sealed record FreshchatPagination
{
    [JsonPropertyName("current_page")] public int? CurrentPage { get; init; }

    [JsonPropertyName("total_pages")] public int? TotalPages { get; init; }
}

internal sealed record FreshchatLinks
{
    [JsonPropertyName("next_page")] public JsonElement? NextPage { get; init; }
}

/// <summary>The <c>url</c> of an <c>avatar</c>; anything else counts as absent (freshchat.md 5.3).</summary>
internal sealed class AvatarUrl : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader) is { ValueKind: JsonValueKind.Object } avatar
        && avatar.TryGetProperty("url", out var url)
        && url is { ValueKind: JsonValueKind.String }
            ? url.GetString()
            : null;

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("url", value);
        writer.WriteEndObject();
    }
}

internal sealed record AssignGroupBody([property: JsonPropertyName("assigned_group_id")] string AssignedGroupId);

internal sealed record ReleaseAgentBody([property: JsonPropertyName("assigned_agent_id")] string AssignedAgentId);

internal sealed record ReplyBody(
    [property: JsonPropertyName("message_parts")] IReadOnlyList<FreshchatPart> MessageParts,
    [property: JsonPropertyName("message_type")] string MessageType,
    [property: JsonPropertyName("actor_type")] string ActorType,
    [property: JsonPropertyName("actor_id")] string ActorId);

[JsonSerializable(typeof(FreshchatConfiguration))]
[JsonSerializable(typeof(FreshchatUser))]
[JsonSerializable(typeof(FreshchatConversation))]
[JsonSerializable(typeof(FreshchatPage))]
[JsonSerializable(typeof(AssignGroupBody))]
[JsonSerializable(typeof(ReleaseAgentBody))]
[JsonSerializable(typeof(ReplyBody))]
internal sealed partial class FreshchatJson : JsonSerializerContext
{
    /// <summary>Lenient when reading; compact and with unescaped letters when writing.</summary>
    public static readonly FreshchatJson Wire = new(new JsonSerializerOptions
    {
        Converters = { new LenientText(), new LenientFlag(), new LenientInstant() },
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
