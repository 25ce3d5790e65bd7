using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>Customers, as far as the API shows them.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder api)
    {
        api.MapGet("/users", ListAsync);
        api.MapGet("/users/{id}", ReadAsync).Is(ApiRequest.GetUser);
        api.MapGet("/users/{id}/conversations", ListConversationsAsync);
    }

    // A bare list is refused; one reference may belong to several users, one for each site (freshchat.md 5.5, 13).
    private static async Task<Answer> ListAsync(SandboxDb db, SwitchBoard switches, HttpRequest request, CancellationToken cancel)
    {
        var (reference, email) = (request.Query["reference_id"].ToString(), request.Query["email"].ToString());
        if (reference.Length == 0 && email.Length == 0)
            return Answer.Of(Refusal.Invalid("At least one filter is required"));
        if (Paging.Of(request.Query) is not { } paging)
            return Answer.Of(Refusal.Invalid("page and items_per_page must be numbers from 1"));
        var users = await db.Set<User>()
            .Where(u => (reference == "" || u.ReferenceId == reference) && (email == "" || u.Email == email))
            .OrderBy(u => u.CreatedTime)
            .ThenBy(u => u.Id)
            .ToListAsync(cancel);
        return paging.List([.. users.Select(u => Shape(u, switches))], "users", "user");
    }

    private static async Task<Answer> ReadAsync(string id, SandboxDb db, SwitchBoard switches, CancellationToken cancel) =>
        await db.FindAsync<User>([IdForms.Canonical(id)], cancel) is { } user
            ? new(Shape(user, switches))
            : Answer.Of(Refusal.NoSuchUser);

    private static async Task<Answer> ListConversationsAsync(string id, SandboxDb db, CancellationToken cancel)
    {
        var userId = IdForms.Canonical(id);
        if (await db.FindAsync<User>([userId], cancel) is null)
            return Answer.Of(Refusal.NoSuchUser);
        var ids = await db.Set<Conversation>()
            .Where(c => c.UserId == userId)
            .OrderByDescending(c => c.CreatedTime)
            .Select(c => c.Id)
            .ToListAsync(cancel);
        return new(new JsonObject { ["conversations"] = new JsonArray([.. ids.Select(c => new JsonObject { ["id"] = c })]) });
    }

    private static JsonObject Shape(User user, SwitchBoard switches) =>
        Shapes.User(user, switches.Get(FreshchatSwitches.SiteIdInProperties));
}
