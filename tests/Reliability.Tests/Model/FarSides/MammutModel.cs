using System.Globalization;
using System.Text.Json.Nodes;
using Reliability.Tests.Model.Simulation;

namespace Reliability.Tests.Model.FarSides;

/// <summary>How the bot takes a text.</summary>
internal enum Reaction
{
    Answers,
    AnswersTwice,
    AnswersLate,
    DoesNotKnow,
    SaysSomethingAndDoesNotKnow,
    StaysSilent,
}

/// <summary>A thought of a room.</summary>
internal sealed class Thought(long id, long room, long sender, string text, DateTimeOffset date)
{
    public long Id { get; } = id;
    public long Room { get; } = room;
    public long Sender { get; } = sender;
    public string Text { get; } = text;
    public DateTimeOffset Date { get; } = date;

    /// <summary>The visitor's thought that this one answers.</summary>
    public Thought? To { get; init; }

    public long? Issue { get; set; }
}

/// <summary>Mammut as small as turns need it (mammut.md 6, 8, 10): rooms, thoughts, a bot that takes its time, halted rooms.</summary>
internal sealed class MammutModel(SimulatedTime time, Func<string, Reaction> reactionTo)
{
    public const long Bot = 730114;

    private readonly TimeProvider _clock = time.Clock();
    private readonly HashSet<long> _halted = [];
    private readonly Dictionary<long, string> _rooms = [];
    private long _ids = 731000;

    public List<Thought> Thoughts { get; } = [];

    public IEnumerable<Thought> Said => Thoughts.Where(t => t.Sender != Bot);

    /// <summary>Title of a room: names the Freshchat conversation.</summary>
    public string TitleOf(long room) => _rooms[room];

    public Answer Do(Request request)
    {
        var path = request.Path["/app:mammut-1/".Length..];
        if (request.Method == "GET")
            return path.StartsWith("graph:2/room:", StringComparison.Ordinal) ? ReadThoughts(path) : ReadRoom(path);
        if (path.EndsWith("create:=room", StringComparison.Ordinal))
        {
            _rooms[++_ids] = (string)request.Json["title"]!;
            return Done("room", _ids);
        }
        if (path.EndsWith("send:=thought", StringComparison.Ordinal))
            return Say(request);
        if (path == "graph/issue")
        {
            _halted.Remove((long)request.Json["room-id"]!);
            return Done("issue", ++_ids);
        }
        return Done("user", ++_ids);
    }

    private Answer Say(Request request)
    {
        var room = (long)request.Json["in@room"]!["id"]!;
        if (!_rooms.ContainsKey(room))
            return new(404, new JsonObject { ["status"] = "Failed" });
        var sender = long.Parse(request.Path.Split("user:")[1].Split('/')[0], CultureInfo.InvariantCulture);
        var date = DateTimeOffset.Parse((string)request.Json["creation-date"]!, CultureInfo.InvariantCulture);
        var thought = new Thought(++_ids, room, sender, (string)request.Json["text"]!, date);
        Thoughts.Add(thought);
        if (!_halted.Contains(room))
            _ = ReactAsync(thought, reactionTo(thought.Text));
        return Done("thought", thought.Id);
    }

    private async Task ReactAsync(Thought thought, Reaction reaction)
    {
        await Task.Delay(TimeSpan.FromSeconds(reaction is Reaction.AnswersLate ? 25 : 0.25), _clock, CancellationToken.None);
        if (reaction is not (Reaction.DoesNotKnow or Reaction.StaysSilent))
            Reply(thought, "first");
        if (reaction is Reaction.AnswersTwice)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _clock, CancellationToken.None);
            Reply(thought, "second");
        }
        if (reaction is Reaction.DoesNotKnow or Reaction.SaysSomethingAndDoesNotKnow)
        {
            thought.Issue = ++_ids;
            _halted.Add(thought.Room);
        }
    }

    private void Reply(Thought to, string which) =>
        Thoughts.Add(new(++_ids, to.Room, Bot, $"{which} answer to thought {to.Id}", Whole(_clock.GetUtcNow())) { To = to });

    private Answer ReadRoom(string path)
    {
        var room = long.Parse(path.Split("room:")[1], CultureInfo.InvariantCulture);
        var data = new JsonObject();
        if (_rooms.TryGetValue(room, out var title))
            data["room"] = new JsonArray(new JsonObject { ["id"] = room, ["title"] = title });
        return Answer.Ok(new JsonObject { ["status"] = "Success", ["data"] = data });
    }

    private Answer ReadThoughts(string path)
    {
        var room = long.Parse(path.Split("room:")[1].Split('/')[0], CultureInfo.InvariantCulture);
        var since = DateTimeOffset.Parse(
            Uri.UnescapeDataString(path.Split("since(")[1].TrimEnd(')')).Trim('"'),
            CultureInfo.InvariantCulture
        );
        var found = Thoughts.Where(t => t.Room == room && Whole(t.Date) >= since).Select(Show);
        return Answer.Ok(new JsonObject { ["status"] = "Success", ["data"] = new JsonObject { ["thought"] = new JsonArray([.. found]) } });
    }

    private static JsonObject Show(Thought thought)
    {
        var shown = new JsonObject
        {
            ["id"] = thought.Id,
            ["text"] = thought.Text,
            ["creation-date"] = Whole(thought.Date).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture),
            ["send-by"] = new JsonObject { ["user"] = new JsonArray(new JsonObject { ["id"] = thought.Sender }) },
        };
        if (thought.Issue is { } issue)
        {
            var open = new JsonObject { ["id"] = issue, ["issue-type"] = "ThoughtOfferToBeLearned", ["issue-state"] = "open" };
            shown["cause"] = new JsonObject { ["issue"] = new JsonArray(open) };
        }
        return shown;
    }

    private static Answer Done(string name, long id) =>
        Answer.Ok(
            new JsonObject
            {
                ["status"] = "Success",
                ["taskResult"] = new JsonArray(
                    new JsonObject { ["affectedElementId"] = id, ["affectedElementName"] = name, ["affectedElementType"] = "Vertex" }
                ),
            }
        );

    // The platform's dates were only ever seen with whole seconds (mammut.md 6.4).
    private static DateTimeOffset Whole(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
