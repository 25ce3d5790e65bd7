using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Mammut.Vertices;
using static Sandbox.Mammut.Graph.GraphAnswer;

namespace Sandbox.Mammut.Graph;

/// <summary><c>POST graph/user:ID?…</c>: new values in the query string, the body is ignored (mammut.md 4.3).</summary>
internal sealed class UpdateUser(SandboxState state)
{
    public Task<IResult> RunAsync(long id, HttpRequest request)
    {
        var properties = GraphQuery.Properties(request.QueryString.Value ?? "").Select(Unaliased).ToArray();
        return state.WriteAsync(db => UpdateAsync(db, id, properties), request.HttpContext.RequestAborted);
    }

    private static async Task<IResult> UpdateAsync(SandboxDb db, long id, KeyValuePair<string, JsonNode?>[] properties)
    {
        if (await db.Set<User>().FindAsync(id) is not { } user)
            return Unknown("user");
        var changed = new User { Properties = user.Properties };
        changed.Take(properties);
        if (!User.Types.Contains(changed.UserType))
            return InvalidUserType;
        if (changed.MainEmail is { } email && await db.Set<User>().AnyAsync(u => u.MainEmail == email && u.Id != id))
            return DuplicateEmail;
        user.Take(properties);
        return Done(Vertex("user", id, []));
    }

    // Mammut's page prints the short name in its example and the long one in its parameter list.
    private static KeyValuePair<string, JsonNode?> Unaliased(KeyValuePair<string, JsonNode?> property) =>
        property.Key == "group-name" ? new("freshchat-group-name", property.Value) : property;
}
