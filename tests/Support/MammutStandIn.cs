using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Support;

/// <summary>
/// The platform's graph with one kind of bot: it answers every text with one text, and every text that holds
/// <see cref="Riddle"/> with an open issue (mammut.md 2-6, 8).
/// </summary>
public sealed partial class MammutStandIn
{
    /// <summary>A text with this word is one that no bot knows the answer to.</summary>
    public const string Riddle = "acertijo";

    private const int Alex = 4;

    private readonly ConcurrentDictionary<long, JsonObject> _users = new();
    private readonly ConcurrentDictionary<long, Room> _rooms = new();
    private long _lastId = 730_000;

    /// <summary>Properties of the bots that exist, as they were written.</summary>
    public IReadOnlyList<JsonObject> Bots => [.. _users.OrderBy(u => u.Key).Select(u => u.Value).Where(u => (string?)u["user-type"] == "machine")];

    /// <summary>How often a room was unblocked.</summary>
    public int Unblocked => _unblocked;

    private int _unblocked;

    /// <summary>What was said to the bot for a Freshchat conversation, in order.</summary>
    public IReadOnlyList<string> Said(string conversation) =>
        [.. _rooms.Values.Where(r => r.Title.EndsWith(conversation, StringComparison.Ordinal)).SelectMany(r => r.Said)];

    /// <summary>What the bot answers.</summary>
    public static string AnswerTo(string text) => $"Respuesta a: {text}";

    internal FarReply Answer(FarRequest request)
    {
        var path = Depth().Replace(request.Path["/app:mammut-1/".Length..], "graph");
        if (request.Method == "POST" && path == "graph/user")
            return CreateUser(request.Body);
        if (request.Method == "POST" && path == "graph/issue")
        {
            Interlocked.Increment(ref _unblocked);
            return Done(("issue", NextId()));
        }
        if (UserPath().Match(path) is { Success: true } user)
            return OfUser(request, long.Parse(user.Groups[1].Value, CultureInfo.InvariantCulture), user.Groups[2].Value);
        if (RoomPath().Match(path) is { Success: true } at && Find(long.Parse(at.Groups[1].Value, CultureInfo.InvariantCulture)) is { } room)
            return at.Groups[2].Value.Length > 0
                ? Found("thought", room.Thoughts)
                : Found("room", [new JsonObject { ["id"] = room.Id, ["title"] = room.Title }]);
        return new(200, """{"count":0,"data":{},"status":"Success"}""");
    }

    private FarReply CreateUser(string body)
    {
        var id = NextId();
        var user = JsonNode.Parse(body)!.AsObject();
        user["id"] = id;
        _users[id] = user;
        return Done(("user", id), ("room", NextId()), ("chat-in", NextId()), ("create", NextId()), ("user", Alex), ("chat-in", NextId()));
    }

    private FarReply OfUser(FarRequest request, long id, string edge)
    {
        if (!_users.TryGetValue(id, out var user))
            return request.Method == "GET" ? new(200, """{"data":{},"status":"Success"}""") : FarReply.Example(404, "mammut-error-404-user.json");
        if (request.Method == "GET")
            return Found("user", [user]);
        if (edge.StartsWith("/create", StringComparison.Ordinal))
        {
            var asked = JsonNode.Parse(request.Body)!;
            var room = new Room(NextId(), (string?)asked["title"] ?? "", (long)asked["has@user"]!["id"]!);
            _rooms[room.Id] = room;
            return Done(("room", room.Id));
        }
        if (edge.StartsWith("/send", StringComparison.Ordinal))
        {
            var asked = JsonNode.Parse(request.Body)!;
            if (Find((long)asked["in@room"]!["id"]!) is not { } room)
                return FarReply.Example(404, "mammut-error-404-user.json");
            var thought = NextId();
            room.Say(thought, id, (string)asked["text"]!, (string)asked["creation-date"]!, NextId());
            return Done(("thought", thought));
        }
        foreach (var property in (request.Target.Split('?') is [_, var query] ? query : "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (property.Split('=')[0], Uri.UnescapeDataString(property.Split('=')[1]));
            user[name] = JsonNode.Parse(value);
        }
        return Done(("user", id));
    }

    private Room? Find(long id) => _rooms.GetValueOrDefault(id);

    private long NextId() => Interlocked.Increment(ref _lastId);

    private static FarReply Done(params (string Name, long Id)[] elements) =>
        Json(
            new
            {
                status = "Success",
                taskResult = elements.Select(e => new { affectedElementId = e.Id, affectedElementName = e.Name, affectedElementType = "Vertex" }),
            }
        );

    private static FarReply Found(string type, IEnumerable<JsonObject> elements) =>
        Json(new { count = 1, data = new Dictionary<string, object> { [type] = elements }, status = "Success" });

    private static FarReply Json(object body) => new(200, JsonSerializer.Serialize(body));

    [GeneratedRegex("^graph:[0-9]+")]
    private static partial Regex Depth();

    [GeneratedRegex("^graph/user:([0-9]+)(.*)$")]
    private static partial Regex UserPath();

    [GeneratedRegex("^graph/room:([0-9]+)(.*)$")]
    private static partial Regex RoomPath();

    private sealed record Room(long Id, string Title, long Bot)
    {
        private readonly ConcurrentQueue<(string Text, JsonObject Thought)> _thoughts = new();

        public IEnumerable<string> Said => _thoughts.Where(t => (long)t.Thought["send-by"]!["user"]![0]!["id"]! != Bot).Select(t => t.Text);

        public IEnumerable<JsonObject> Thoughts => _thoughts.Select(t => t.Thought);

        public void Say(long id, long visitor, string text, string date, long next)
        {
            var thought = Thought(id, visitor, text, date);
            if (text.Contains(Riddle, StringComparison.Ordinal))
                thought["cause"] = new JsonObject
                {
                    ["issue"] = new JsonArray(new JsonObject { ["id"] = next, ["issue-type"] = "ThoughtOfferToBeLearned", ["issue-state"] = "open" }),
                };
            _thoughts.Enqueue((text, thought));
            if (thought["cause"] is null)
                _thoughts.Enqueue((AnswerTo(text), Thought(next, Bot, AnswerTo(text), date)));
        }

        private static JsonObject Thought(long id, long by, string text, string date) =>
            new()
            {
                ["id"] = id,
                ["text"] = text,
                ["creation-date"] = date,
                ["send-by"] = new JsonObject { ["user"] = new JsonArray(new JsonObject { ["id"] = by }) },
            };
    }
}
