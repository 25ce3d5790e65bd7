using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Sandbox.Control;
using Sandbox.Freshchat.Account;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>What a set-up reads: the account, its agents, groups and topics.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder api)
    {
        api.MapGet(
            "/accounts/configuration",
            async (SandboxDb db, CancellationToken cancel) =>
                new Answer(Shapes.Configuration(await db.Set<FreshchatAccount>().SingleAsync(cancel)))
        ).Is(ApiRequest.GetConfiguration);
        api.MapGet("/agents", ListAgentsAsync).Is(ApiRequest.GetAgents);
        api.MapGet("/agents/{id}", ReadAgentAsync).Is(ApiRequest.GetAgents);
        api.MapDelete("/agents/{id}", DeleteAgentAsync);
        api.MapPatch("/agents/{id}", ChangeAgentAsync);
        api.MapGet("/groups", ListGroupsAsync).Is(ApiRequest.GetGroups);
        api.MapGet("/channels", ListTopicsAsync).Is(ApiRequest.GetChannels);
    }

    private static async Task<Answer> ListAgentsAsync(
        SandboxDb db,
        SwitchBoard switches,
        HttpRequest request,
        CancellationToken cancel
    )
    {
        if (Paging.Of(request.Query, switches.Get(FreshchatSwitches.AgentsPerPage)) is not { } paging)
            return BadPage;
        var groups = await db.Set<Group>().ToListAsync(cancel);
        var agents = (await db.Set<Agent>().Where(a => !a.IsDeleted).OrderBy(a => a.Position).ToListAsync(cancel)).Where(a =>
            Fits(a, groups, request.Query)
        );
        var shapes = agents.Select(a => Shapes.Agent(a, groups, request)).ToList();
        return shapes.Count == 0 ? Answer.Of(Refusal.NoSuchAgent) : paging.List(shapes, "agents", "agent");
    }

    private static bool Fits(Agent agent, List<Group> groups, IQueryCollection filter) =>
        (
            !filter.TryGetValue("is_deactivated", out var deactivated)
            || bool.TryParse(deactivated, out var asked) && asked == agent.IsDeactivated
        )
        && (!filter.TryGetValue("availability_status", out var availability) || availability == agent.Availability)
        && (!filter.TryGetValue("email", out var email) || email == agent.Email)
        && (
            !filter.TryGetValue("groups", out var ids)
            || groups.Any(g => ids.ToString().Split(',').Contains(g.Id) && g.Agents.Contains(agent.Id))
        );

    private static async Task<Answer> ReadAgentAsync(string id, SandboxDb db, HttpRequest request, CancellationToken cancel)
    {
        if (await db.FindAsync<Agent>([id], cancel) is not { IsDeleted: false } agent)
            return Answer.Of(Refusal.NoSuchAgent);
        return new(Shapes.Agent(agent, await db.Set<Group>().ToListAsync(cancel), request));
    }

    private static async Task<Answer> DeleteAgentAsync(string id, SandboxDb db, CancellationToken cancel)
    {
        if (await db.FindAsync<Agent>([id], cancel) is not { IsDeleted: false } agent)
            return Answer.Of(Refusal.NoSuchAgent);
        agent.IsDeleted = true;
        await db.SaveChangesAsync(cancel);
        return Answer.Of(new Refusal(202, "ACCEPTED", "Agent deletion request accepted"));
    }

    private static async Task<Answer> ChangeAgentAsync(string id, SandboxDb db, HttpRequest request, CancellationToken cancel)
    {
        if (await db.FindAsync<Agent>([id], cancel) is not { IsDeleted: false } agent)
            return Answer.Of(Refusal.NoSuchAgent);
        if (agent.IsDeactivated)
            return Answer.Of(new Refusal(409, "CONFLICT", "The availability of an offline agent cannot be changed"));
        if (
            await RequestBody.ReadAsync(request, cancel) is not { } body
            || body.Text("availability_status") is not { Length: > 0 } availability
        )
            return Answer.Of(Refusal.Invalid("availability_status is missing"));
        agent.Availability = availability;
        await db.SaveChangesAsync(cancel);
        return new(Shapes.Agent(agent, await db.Set<Group>().ToListAsync(cancel), request));
    }

    private static async Task<Answer> ListGroupsAsync(
        SandboxDb db,
        SwitchBoard switches,
        HttpRequest request,
        CancellationToken cancel
    ) =>
        Paging.Of(request.Query, switches.Get(FreshchatSwitches.GroupsPerPage)) is { } paging
            ? paging.List(
                [.. (await db.Set<Group>().OrderBy(g => g.Position).ToListAsync(cancel)).Select(Shapes.Group)],
                "groups",
                "group"
            )
            : BadPage;

    private static async Task<Answer> ListTopicsAsync(SandboxDb db, HttpRequest request, CancellationToken cancel) =>
        Paging.Of(request.Query) is { } paging
            ? paging.List(
                [.. (await db.Set<Topic>().OrderBy(t => t.Position).ToListAsync(cancel)).Select(Shapes.Topic)],
                "channels",
                "channel"
            )
            : BadPage;

    private static Answer BadPage => Answer.Of(Refusal.Invalid("page and items_per_page must be numbers from 1"));
}
