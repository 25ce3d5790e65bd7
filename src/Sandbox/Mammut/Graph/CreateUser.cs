using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/user</c>: a bot, a visitor, anyone; with a room in which the platform's own bot talks to them (mammut.md 3.1).</summary>
internal sealed class CreateUser(SandboxState state, TimeProvider clock)
{
    private const string AlexRoomType = "private";

    public async Task<IResult> RunAsync(HttpRequest request)
    {
        if (await GraphBody.ReadAsync(request) is not { } body)
            return InvalidJson;
        if (!User.Types.Contains(body.Text("user-type")))
            return InvalidUserType;
        return await state.WriteAsync(db => CreateAsync(db, body), request.HttpContext.RequestAborted);
    }

    private async Task<IResult> CreateAsync(SandboxDb db, JsonObject body)
    {
        var user = new User();
        user.Take(body);
        if (user.MainEmail is { } email && await db.Set<User>().AnyAsync(u => u.MainEmail == email))
            return DuplicateEmail;
        var alex = await db.Set<User>().SingleAsync(u => u.Id == MammutSystem.AlexId);
        var room = new Room
        {
            RoomType = AlexRoomType,
            Properties = new JsonObject { ["room-type"] = AlexRoomType }.ToJsonString(),
            CreationDate = clock.GetUtcNow(),
            Creator = user,
            Bot = alex,
        };
        Edge[] edges = [new() { Name = "chat-in" }, new() { Name = "create" }, new() { Name = "chat-in" }];
        db.Add(room);
        foreach (var edge in edges)
            db.Add(edge);
        await db.SaveChangesAsync();
        return Done(
            Vertex("user", user.Id, [$"Trigger: user-chat-in-room-created - Vertex: user({user.Id})"]),
            Vertex("room", room.Id),
            Along(edges[0]),
            Along(edges[1]),
            Vertex("user", alex.Id, []),
            Along(edges[2])
        );
    }
}
