namespace Sandbox.Freshchat.Account;

/// <summary>Somebody, or something, that answers customers (freshchat.md 5.3).</summary>
internal sealed class Agent
{
    public required string Id { get; init; }

    /// <summary>Place in the lists.</summary>
    public required int Position { get; init; }

    public required string Email { get; init; }
    public required string FirstName { get; init; }

    /// <summary>May be missing, as in Freshchat.</summary>
    public string? LastName { get; init; }

    /// <summary>The same agent's number in the organisation (<c>org_actor_id</c>).</summary>
    public required string OrganisationId { get; init; }

    public string RoleId { get; init; } = "AGENT";
    public string RoleName { get; init; } = "Agent";
    public string RoutingType { get; init; } = "INTELLIASSIGN";
    public string Availability { get; set; } = "AVAILABLE";
    public bool IsDeactivated { get; set; }
    public bool IsDeleted { get; set; }
    public required DateTimeOffset CreatedTime { get; init; }

    public string DisplayName => LastName is null ? FirstName : $"{FirstName} {LastName}";
}
