using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Benchmarks.FarSides;

/// <summary>The graph API in Rooms mode (mammut.md 3, 6): a bot that has answered before it is asked for the answer.</summary>
internal sealed class MammutAnswers(TurnTimes times)
{
    private const int Bot = 730_114;

    private static readonly byte[] Nothing = FarJson.Bytes("""{"count":0,"data":{},"status":"Success"}""");

    private readonly ConcurrentDictionary<int, Room> _rooms = new();
    private int _lastId = 1_000_000;

    public byte[] Answer(string method, string path, byte[] body, long arrived)
    {
        if (method == "GET")
            return path.IndexOf("/room:", StringComparison.Ordinal) is > 0 and var at && _rooms.TryGetValue(Id(path, at + 6), out var room)
                ? room.Thoughts(times, arrived)
                : Nothing;
        if (path.EndsWith("send:=thought", StringComparison.Ordinal))
            return Say(Id(path, path.IndexOf("/user:", StringComparison.Ordinal) + 6), body, arrived);
        if (path.EndsWith("create:=room", StringComparison.Ordinal))
        {
            var id = Next();
            _rooms[id] = new Room();
            return Done("room", id);
        }
        if (path.EndsWith("/user", StringComparison.Ordinal))
            return Done("user", body.AsSpan().IndexOf("\"machine\""u8) > 0 ? Bot : Next());
        return Done("user", Bot);
    }

    private byte[] Say(int visitor, byte[] body, long arrived)
    {
        using var said = JsonDocument.Parse(body);
        var text = said.RootElement.GetProperty("text").GetString()!;
        var room = _rooms[said.RootElement.GetProperty("in@room").GetProperty("id").GetInt32()];
        var bytes = Encoding.UTF8.GetBytes(text);
        times.Said(bytes, arrived);
        var (thought, answer) = (Next(), Next());
        room.Say(thought, visitor, text, said.RootElement.GetProperty("creation-date").GetString()!, answer, TurnTimes.Numbers(bytes));
        return Done("thought", thought);
    }

    private int Next() => Interlocked.Increment(ref _lastId);

    private static byte[] Done(string name, int id) =>
        FarJson.Bytes($$"""{"status":"Success","taskResult":[{"affectedElementId":{{id}},"affectedElementName":"{{name}}","affectedElementType":"Vertex"}]}""");

    private static int Id(string path, int at)
    {
        var end = path.IndexOf('/', at);
        return int.Parse(path.AsSpan(at, (end < 0 ? path.Length : end) - at), NumberStyles.None, CultureInfo.InvariantCulture);
    }

    private sealed class Room
    {
        private const int Remembered = 40;

        private readonly Lock _lock = new();
        private readonly Queue<string> _thoughts = new();
        private List<int> _asked = [];

        public void Say(int thought, int visitor, string text, string date, int answer, List<int> numbers)
        {
            var names = string.Join(' ', numbers.Select(n => $"{Load.WebhookMessage.Mark}{n:D7}"));
            lock (_lock)
            {
                _asked = numbers;
                _thoughts.Enqueue(Thought(thought, visitor, JsonSerializer.Serialize(text), date));
                _thoughts.Enqueue(Thought(answer, Bot, $"\"Respuesta a {names}: los viernes hay crema de verduras y pescado al horno.\"", date));
                while (_thoughts.Count > Remembered)
                    _thoughts.Dequeue();
            }
        }

        public byte[] Thoughts(TurnTimes times, long arrived)
        {
            lock (_lock)
            {
                times.Read(_asked, arrived);
                return FarJson.Bytes($$$"""{"count":1,"data":{"thought":[{{{string.Join(',', _thoughts)}}}]},"status":"Success"}""");
            }
        }

        private static string Thought(int id, int by, string json, string date) =>
            $$$"""{"id":{{{id}}},"text":{{{json}}},"creation-date":"{{{date}}}","send-by":{"user":[{"id":{{{by}}}}]}}""";
    }
}
