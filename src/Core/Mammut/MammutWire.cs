using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Core.Outcomes;

namespace Core.Mammut;

/// <summary>Answer of a create, an update or a link (mammut.md 3.1).</summary>
internal sealed record TaskAnswer
{
    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("taskResult")] public IReadOnlyList<AffectedElement>? TaskResult { get; init; }

    /// <summary>Id of the first element of that name: creating a user names two users and a room that is not the conversation's.</summary>
    public long? FirstId(string name) => TaskResult?.FirstOrDefault(element => element?.Name == name)?.Id;
}

internal sealed record AffectedElement
{
    [JsonPropertyName("affectedElementId")] public long? Id { get; init; }

    [JsonPropertyName("affectedElementName")] public string? Name { get; init; }
}

/// <summary>Envelope of a read (mammut.md 3.2); <c>count</c> means nothing.</summary>
internal sealed record ReadAnswer
{
    [JsonPropertyName("status")] public string? Status { get; init; }

    [JsonPropertyName("data")] public ReadData? Data { get; init; }
}

/// <summary>What was found, by type of vertex; a missing key is an empty list.</summary>
internal sealed record ReadData
{
    [JsonPropertyName("user")] public IReadOnlyList<MammutUser>? Users { get; init; }

    [JsonPropertyName("room")] public IReadOnlyList<MammutRoom>? Rooms { get; init; }

    [JsonPropertyName("thought")] public IReadOnlyList<MammutThought>? Thoughts { get; init; }
}

internal sealed record VertexLink([property: JsonPropertyName("id")] long Id);

internal sealed record VisitorBody(
    [property: JsonPropertyName("user-type")] string UserType,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("locale")] string? Locale);

internal sealed record RoomBody(
    [property: JsonPropertyName("room-type")] string RoomType,
    [property: JsonPropertyName("creation-date")] string CreationDate,
    [property: JsonPropertyName("title")] string Title,
    [property: JsonPropertyName("has@user")] VertexLink Has,
    [property: JsonPropertyName("channel")] string Channel,
    [property: JsonPropertyName("sub-channel")] string? SubChannel);

internal sealed record ThoughtBody(
    [property: JsonPropertyName("text")] string Text,
    [property: JsonPropertyName("creation-date")] string CreationDate,
    [property: JsonPropertyName("in@room")] VertexLink In);

internal sealed record IssueBody(
    [property: JsonPropertyName("creation-date")] string CreationDate,
    [property: JsonPropertyName("issue-type")] string Type,
    [property: JsonPropertyName("issue-state")] string State,
    [property: JsonPropertyName("resolution-text")] string ResolutionText,
    [property: JsonPropertyName("custom-code")] string CustomCode,
    [property: JsonPropertyName("machine-id")] long MachineId,
    [property: JsonPropertyName("room-id")] long RoomId,
    [property: JsonPropertyName("causative-connected")] bool CausativeConnected);

[JsonSerializable(typeof(TaskAnswer))]
[JsonSerializable(typeof(ReadAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(VisitorBody))]
[JsonSerializable(typeof(RoomBody))]
[JsonSerializable(typeof(ThoughtBody))]
[JsonSerializable(typeof(IssueBody))]
internal sealed partial class MammutJson : JsonSerializerContext
{
    /// <summary>Lenient when reading; without null keys and with unescaped letters when writing.</summary>
    public static readonly MammutJson Wire = new(new JsonSerializerOptions
    {
        Converters = { new LenientText(), new LenientInstant() },
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
