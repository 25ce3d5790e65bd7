using System.Text.Json.Nodes;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Graph;

/// <summary>Vertices as reads show them: own properties, nested vertices in short (mammut.md 3.2).</summary>
internal static class Shapes
{
    private const string Masked = "********";

    public static JsonObject Of(User user)
    {
        var shape = new JsonObject { ["id"] = user.Id };
        foreach (var (name, value) in JsonNode.Parse(user.Properties)!.AsObject())
            shape[name] = name == "freshchat-access-token" ? Masked : value?.DeepClone();
        return shape;
    }

    public static JsonObject Of(User user, IEnumerable<Room> chatIn)
    {
        var shape = Of(user);
        if (chatIn.Select(Short).ToArray() is { Length: > 0 } rooms)
            shape["chat-in"] = Nested("room", rooms);
        return shape;
    }

    public static JsonObject Of(Room room, int depth)
    {
        var shape = new JsonObject { ["id"] = room.Id };
        foreach (var (name, value) in JsonNode.Parse(room.Properties)!.AsObject())
            shape[name] = value?.DeepClone();
        shape["creation-date"] = GraphDate.Write(room.CreationDate);
        if (depth < 2)
            return shape;
        shape["create-by"] = Nested("user", Short(room.Creator));
        if (room.Bot is not null)
            shape["has"] = Nested("user", Short(room.Bot));
        return shape;
    }

    public static JsonObject Of(Thought thought, int depth)
    {
        var shape = new JsonObject
        {
            ["id"] = thought.Id,
            ["text"] = thought.Text,
            ["creation-date"] = GraphDate.Write(thought.CreationDate),
        };
        if (depth < 2)
            return shape;
        shape["in"] = Nested("room", Short(thought.Room));
        shape["send-by"] = Nested("user", Short(thought.Sender));
        if (thought.Issues.Count > 0)
            shape["cause"] = Nested("issue", [.. thought.Issues.Select(Of)]);
        return shape;
    }

    private static JsonObject Of(Issue issue)
    {
        var shape = new JsonObject
        {
            ["id"] = issue.Id,
            ["issue-type"] = issue.IssueType,
            ["issue-state"] = issue.IssueState,
            ["creation-date"] = GraphDate.Write(issue.CreationDate),
            ["machine-id"] = issue.MachineId,
            ["room-id"] = issue.Room?.Id,
            ["causative-connected"] = true,
            ["causative-id"] = issue.Cause?.Id,
            ["resolution-text"] = issue.ResolutionText,
        };
        if (issue.CustomCode is not null)
            shape["custom-code"] = issue.CustomCode;
        return shape;
    }

    private static JsonObject Short(User user) => new() { ["id"] = user.Id, ["user-type"] = user.UserType, ["name"] = user.Name };

    private static JsonObject Short(Room room) => new() { ["id"] = room.Id, ["room-type"] = room.RoomType };

    private static JsonObject Nested(string vertex, params JsonObject[] elements) => new() { [vertex] = new JsonArray([.. elements]) };
}
