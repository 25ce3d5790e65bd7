using System.Security.Claims;
using Core.Security;

namespace Portal.Authentication;

/// <summary>The role a signed-in person has in the portal, as a claim of ours.</summary>
internal static class PortalRole
{
    public const string Claim = "portal_role";

    /// <summary>The highest role that the provider's claim grants; null = no access.</summary>
    public static Role? From(IEnumerable<Claim> claims, OidcSettings settings)
    {
        var values = claims.Where(c => c.Type == settings.RoleClaim).Select(c => c.Value).ToHashSet(StringComparer.Ordinal);
        if (values.Contains(settings.Roles.Admin))
            return Role.Admin;
        if (values.Contains(settings.Roles.Operator))
            return Role.Operator;
        return values.Contains(settings.Roles.Viewer) ? Role.Viewer : null;
    }

    /// <summary>Gives a person who has just come in the role that the provider grants, and no other: what it calls by our name is not ours.</summary>
    public static void Grant(ClaimsIdentity identity, OidcSettings settings)
    {
        foreach (var foreign in identity.FindAll(Claim).ToList())
            identity.RemoveClaim(foreign);
        if (From(identity.Claims, settings) is { } role)
            identity.AddClaim(new(Claim, role.ToString()));
    }

    /// <summary>The actor that a principal of the portal stands for.</summary>
    public static Actor ToActor(this ClaimsPrincipal principal) =>
        new(principal.FindFirstValue("name") ?? principal.Identity?.Name ?? "?", Enum.TryParse<Role>(principal.FindFirstValue(Claim), out var role) ? role : null);
}
