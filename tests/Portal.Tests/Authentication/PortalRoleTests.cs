using System.Security.Claims;
using Core.Security;
using Portal.Authentication;

namespace Portal.Tests.Authentication;

/// <summary>Which role the provider's claims grant.</summary>
public sealed class PortalRoleTests
{
    public static TheoryData<string[], Role?> Table { get; } =
        new()
        {
            { [], null },
            { ["role=viewer"], Role.Viewer },
            { ["role=operator"], Role.Operator },
            { ["role=admin"], Role.Admin },
            { ["role=viewer", "role=operator"], Role.Operator },
            { ["role=operator", "role=admin", "role=viewer"], Role.Admin },
            { ["role=Admin"], null },
            { ["role=administrator"], null },
            { ["groups=admin"], null },
            { ["portal_role=Admin"], null },
        };

    [Theory]
    [MemberData(nameof(Table))]
    public void The_highest_role_wins_and_nothing_else_counts(string[] claims, Role? role) =>
        Assert.Equal(role, PortalRole.From(claims.Select(c => new Claim(c.Split('=')[0], c.Split('=')[1])), new OidcSettings()));

    [Theory]
    [InlineData("viewer", Role.Viewer)]
    [InlineData("nobody", null)]
    public void A_claim_of_the_provider_that_is_named_like_ours_grants_nothing(string role, Role? granted)
    {
        var identity = new ClaimsIdentity([new("portal_role", "Admin"), new("role", role), new("portal_role", "Operator")]);

        PortalRole.Grant(identity, new OidcSettings());

        Assert.Equal(granted, new ClaimsPrincipal(identity).ToActor().Role);
        Assert.Equal(granted is not null, identity.HasClaim(c => c.Type == "portal_role"));
    }

    [Fact]
    public void Claim_and_values_are_settings()
    {
        var settings = new OidcSettings { RoleClaim = "groups", Roles = new() { Admin = "g-1", Operator = "g-2", Viewer = "g-3" } };

        Assert.Equal(Role.Operator, PortalRole.From([new("groups", "g-2"), new("role", "admin")], settings));
    }
}
