namespace Portal.Authentication;

/// <summary>Section <c>Authentication:Oidc</c> (docs/contracts/portal.md 2).</summary>
internal sealed class OidcSettings
{
    public const string Section = "Authentication:Oidc";

    /// <summary>Address of the identity provider; in Development the sandbox's.</summary>
    public string? Authority { get; set; }

    public string ClientId { get; set; } = "mammut-portal";

    public string? ClientSecret { get; set; }

    /// <summary>What is asked of the provider, separated by blanks; some providers refuse a scope that they do not know.</summary>
    public string Scopes { get; set; } = "openid profile email roles";

    /// <summary>Claim that carries roles or groups.</summary>
    public string RoleClaim { get; set; } = "role";

    /// <summary>Which values of the claim mean which role.</summary>
    public RoleValues Roles { get; set; } = new();

    internal sealed class RoleValues
    {
        public string Admin { get; set; } = "admin";
        public string Operator { get; set; } = "operator";
        public string Viewer { get; set; } = "viewer";
    }
}
