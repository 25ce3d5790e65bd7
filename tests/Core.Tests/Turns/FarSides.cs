using System.Globalization;
using System.Text.Json.Nodes;
using Core.Tests.Freshchat;
using Reply = Core.Tests.Freshchat.Reply;

namespace Core.Tests.Turns;

/// <summary>Freshchat and Mammut as small as turns need them; a test may answer in their place, request by request.</summary>
internal sealed class FarSides : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly List<JsonObject> thoughts = [];
    private readonly List<JsonObject> messages = [];
    private FarSide side = null!;
    private JsonNode? assignedGroup;
    private int ids = 1000;

    /// <summary>Asked first; null = the ordinary answer.</summary>
    public Func<Seen, Reply?> Instead { get; set; } = _ => null;

    /// <summary>What the bot says to a text; each is a thought of its own.</summary>
    public Func<string, string[]> Bot { get; set; } = text => [$"re: {text}"];

    /// <summary>Whether the bot knows; if not, an open issue hangs on the visitor's thought.</summary>
    public Func<string, bool> Knows { get; set; } = _ => true;

    /// <summary>The site id among the customer's properties; null = they carry none.</summary>
    public string? Site { get; set; }

    public string Url => side.Url;

    public IReadOnlyList<Seen> Requests => side.Requests;

    /// <summary>Texts that Freshchat holds of the bot's agent.</summary>
    public IReadOnlyList<string> Posted
    {
        get
        {
            lock (gate)
                return [.. messages.Where(m => (string?)m["actor_id"] == Webhook.BotAgent).Select(m => (string)m["message_parts"]![0]!["text"]!["content"]!)];
        }
    }

    /// <summary>Texts that were said in Mammut, in order.</summary>
    public IReadOnlyList<string> Said
    {
        get
        {
            lock (gate)
                return [.. thoughts.Where(t => (long)t["send-by"]!["user"]![0]!["id"]! != 730114).Select(t => (string)t["text"]!)];
        }
    }

    public int Count(string method, string part) => Requests.Count(r => r.Method == method && r.Target.Contains(part, StringComparison.Ordinal));

    public static async Task<FarSides> StartAsync()
    {
        var sides = new FarSides();
        sides.side = await FarSide.Start(sides.Answer);
        return sides;
    }

    /// <summary>Freshchat has the message although its answer is lost.</summary>
    public void Keep(Seen post)
    {
        lock (gate)
            Add(post);
    }

    /// <summary>The deployment is wiped: rooms and thoughts are gone.</summary>
    public void Wipe()
    {
        lock (gate)
            thoughts.Clear();
    }

    public ValueTask DisposeAsync() => side.DisposeAsync();

    private Reply Answer(Seen request)
    {
        if (Instead(request) is { } instead)
            return instead;
        lock (gate)
            return request.Target.StartsWith("/mammut", StringComparison.Ordinal) ? Mammut(request) : Freshchat(request);
    }

    private Reply Mammut(Seen request)
    {
        if (request.Method == "GET")
            return new(200, new JsonObject { ["status"] = "Success", ["data"] = new JsonObject { ["thought"] = Copy(thoughts) } }.ToJsonString());
        if (request.Target.EndsWith("create:=room", StringComparison.Ordinal))
            return Made("room");
        if (request.Target.EndsWith("send:=thought", StringComparison.Ordinal))
            return Say(JsonNode.Parse(request.Body)!);
        return request.Target.EndsWith("/issue", StringComparison.Ordinal) ? Made("issue") : Made("user");
    }

    private Reply Say(JsonNode body)
    {
        var text = (string)body["text"]!;
        var id = ++ids;
        var thought = Thought(id, text, (string)body["creation-date"]!, 731290);
        if (!Knows(text))
            thought["cause"] = new JsonObject { ["issue"] = new JsonArray(new JsonObject { ["id"] = ++ids, ["issue-type"] = "ThoughtOfferToBeLearned", ["issue-state"] = "open" }) };
        thoughts.Add(thought);
        foreach (var answer in Bot(text))
            thoughts.Add(Thought(++ids, answer, (string)body["creation-date"]!, 730114));
        return Task("thought", id);
    }

    private Reply Freshchat(Seen request)
    {
        if (request is { Method: "POST" })
            return new(200, Add(request).ToJsonString());
        if (request.Target.Contains("/messages", StringComparison.Ordinal))
            return new(200, new JsonObject { ["messages"] = request.Target.Contains("page=1&", StringComparison.Ordinal) ? Copy(messages) : [] }.ToJsonString());
        if (request.Target.Contains("/users/", StringComparison.Ordinal))
            return new(200, new JsonObject { ["id"] = "e4a8e902-76fc-4fd7-abcb-b9cda4dbb9a7", ["properties"] = Properties() }.ToJsonString());
        if (request is { Method: "PUT" } && JsonNode.Parse(request.Body)!["assigned_group_id"] is { } group)
            assignedGroup = group.DeepClone();
        return new(
            200,
            new JsonObject
            {
                ["conversation_id"] = Webhook.Conversation,
                ["assigned_group_id"] = assignedGroup?.DeepClone(),
                ["updated_time"] = Webhook.Start.AddMinutes(1).ToString("o", CultureInfo.InvariantCulture),
            }.ToJsonString()
        );
    }

    private JsonArray Properties() => Site is null ? [] : [new JsonObject { ["name"] = "siteId", ["value"] = Site }];

    private JsonObject Add(Seen post)
    {
        var message = JsonNode.Parse(post.Body)!.AsObject();
        message["id"] = $"posted-{++ids}";
        message["created_time"] = Webhook.Start.AddMinutes(1).ToString("o", CultureInfo.InvariantCulture);
        messages.Add(message);
        return message;
    }

    private Reply Made(string name) => Task(name, ++ids);

    private static Reply Task(string name, long id) =>
        new(
            200,
            new JsonObject
            {
                ["status"] = "Success",
                ["taskResult"] = new JsonArray(
                    new JsonObject { ["affectedElementId"] = name == "user" ? 731290 : id, ["affectedElementName"] = name, ["affectedElementType"] = "Vertex" }
                ),
            }.ToJsonString()
        );

    private static JsonObject Thought(long id, string text, string date, long sender) =>
        new()
        {
            ["id"] = id,
            ["text"] = text,
            ["creation-date"] = date,
            ["send-by"] = new JsonObject { ["user"] = new JsonArray(new JsonObject { ["id"] = sender }) },
        };

    private static JsonArray Copy(List<JsonObject> nodes) => [.. nodes.Select(n => n.DeepClone())];
}
