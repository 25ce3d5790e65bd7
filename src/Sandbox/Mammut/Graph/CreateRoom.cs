using System.Text.Json.Nodes;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/user:ID/create:=room</c>: a room of a visitor, with the bot who answers in it (mammut.md 6.3).</summary>
internal sealed class CreateRoom(SandboxState state, GraphClock clock)
{
    public async Task<IResult> RunAsync(long creatorId, HttpRequest request)
    {
        if (await GraphBody.ReadAsync(request) is not { } body)
            return InvalidJson;
        if (clock.Of(body) is not { } date)
            return InvalidDate;
        return await state.WriteAsync(db => CreateAsync(db, creatorId, body, date), request.HttpContext.RequestAborted);
    }

    private static async Task<IResult> CreateAsync(SandboxDb db, long creatorId, JsonObject body, DateTimeOffset date)
    {
        if (await db.Set<User>().FindAsync(creatorId) is not { } creator)
            return Unknown("user");
        var bot = body.Number("has@user") is { } botId ? await db.Set<User>().FindAsync(botId) : null;
        if (bot is null && body.ContainsKey("has@user"))
            return Unknown("user");

        var properties = new JsonObject(
            body.Where(p => p.Key != "creation-date" && !p.Key.Contains('@', StringComparison.Ordinal))
                .Select(p => new KeyValuePair<string, JsonNode?>(p.Key, p.Value?.DeepClone()))
        );
        var room = new Room
        {
            RoomType = body.Text("room-type") ?? "",
            SubChannel = body.Text("sub-channel"),
            Properties = properties.ToJsonString(),
            CreationDate = date,
            Creator = creator,
            Bot = bot,
        };
        Edge[] edges = [new() { Name = "create" }, .. bot is null ? Array.Empty<Edge>() : [new() { Name = "has" }], new() { Name = "chat-in" }];
        db.Add(room);
        foreach (var edge in edges)
            db.Add(edge);
        await db.SaveChangesAsync();
        return Done([Vertex("room", room.Id), .. edges.Select(Along)]);
    }
}
