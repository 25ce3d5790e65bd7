using System.Globalization;
using System.Text.Json;
using Core.Outcomes;

namespace Core.Mammut;

// Conversation in Rooms mode (mammut.md 6) and issues (8).
public sealed partial class MammutClient
{
    /// <summary>Creates the visitor of a conversation and tells its id (mammut.md 6.2).</summary>
    /// <param name="locale">Language of the visitor; null or empty leaves it out.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<FarResult<long>> CreateVisitor(string? locale, CancellationToken cancellation = default) =>
        Create("user", "user", new VisitorBody("normal", "Freshchat visitor", NullIfEmpty(locale)), MammutJson.Wire.VisitorBody, cancellation);

    /// <summary>Creates the room of a conversation and tells its id (mammut.md 6.3).</summary>
    /// <param name="visitorId">Who creates it.</param>
    /// <param name="botId">Who is invited.</param>
    /// <param name="title">Title of the room.</param>
    /// <param name="channel"><see cref="MammutOptions.Channel"/>.</param>
    /// <param name="subChannel">The context; null or empty leaves the key out, which is the default context.</param>
    /// <param name="cancellation">Ends the call.</param>
    public Task<FarResult<long>> CreateRoom(
        long visitorId, long botId, string title, string channel, string? subChannel, CancellationToken cancellation = default) =>
        Create(
            $"user:{visitorId}/create:=room",
            "room",
            new RoomBody("group", "now", title, new VertexLink(botId), channel, NullIfEmpty(subChannel)),
            MammutJson.Wire.RoomBody,
            cancellation);

    /// <summary>A room; null when there is none (mammut.md 3.3).</summary>
    public async Task<FarResult<MammutRoom?>> ReadRoom(long roomId, CancellationToken cancellation = default)
    {
        var read = await Read($"graph/room:{roomId}", cancellation);
        return read.Succeeded ? read.With(read.Value.Rooms is [{ } room, ..] ? room : null) : read.Failure;
    }

    /// <summary>
    /// Says a turn and tells the id of its thought (mammut.md 6.4). After <see cref="FailureKind.Ambiguous"/> read <see cref="Thoughts"/> before
    /// saying it again.
    /// </summary>
    public Task<FarResult<long>> Say(
        long visitorId, long roomId, string text, DateTimeOffset creationDate, CancellationToken cancellation = default) =>
        Create(
            $"user:{visitorId}/send:=thought",
            "thought",
            new ThoughtBody(text, Utc(creationDate, "yyyy-MM-ddTHH:mm:ss.fffzzz"), new VertexLink(roomId)),
            MammutJson.Wire.ThoughtBody,
            cancellation);

    /// <summary>
    /// The thoughts of a room since an instant, by date and then id, with sender and issues (mammut.md 6.5). Subtract
    /// <see cref="MammutOptions.SinceMargin"/> before asking: whether the instant itself counts is not known.
    /// </summary>
    public async Task<FarResult<IReadOnlyList<MammutThought>>> Thoughts(
        long roomId, DateTimeOffset since, CancellationToken cancellation = default)
    {
        var instant = QueryValue(Utc(since, "yyyy-MM-ddTHH:mm:sszzz"));
        var read = await Read($"graph:2/room:{roomId}/with::thought?creation-date.since({instant})", cancellation);
        return read.Succeeded
            ? read.With<IReadOnlyList<MammutThought>>(
                [.. (read.Value.Thoughts ?? []).OfType<MammutThought>().OrderBy(thought => thought.CreationDate).ThenBy(thought => thought.Id)])
            : read.Failure;
    }

    /// <summary>Unblocks a halted room (mammut.md 8). May be repeated without looking.</summary>
    public Task<FarResult<Done>> PostRemoveHaltedMark(long botId, long roomId, CancellationToken cancellation = default) =>
        Do(
            "issue",
            JsonSerializer.SerializeToUtf8Bytes(
                new IssueBody("now", "RemoveHaltedMark", "open", "", "freshchat-resolution", botId, roomId, CausativeConnected: false),
                MammutJson.Wire.IssueBody),
            cancellation);

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string Utc(DateTimeOffset instant, string format) =>
        instant.ToUniversalTime().ToString(format, CultureInfo.InvariantCulture);
}
