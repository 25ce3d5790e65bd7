using System.Globalization;
using System.Security.Claims;

namespace Portal.Authentication;

/// <summary>One sign-in of one browser, as claims of ours in its ticket.</summary>
/// <param name="Id">Tells it from every other sign-in, of the same person too.</param>
/// <param name="Until">When the ticket ends (our clock).</param>
internal sealed record PortalSession(string Id, DateTimeOffset Until)
{
    private const string IdClaim = "portal_session";
    private const string UntilClaim = "portal_session_until";

    /// <summary>Notes a session that begins; what the provider calls by our names is not ours.</summary>
    public static void Begin(ClaimsIdentity identity, DateTimeOffset until)
    {
        foreach (var foreign in identity.FindAll(claim => claim.Type is IdClaim or UntilClaim).ToList())
            identity.RemoveClaim(foreign);
        identity.AddClaim(new(IdClaim, Guid.NewGuid().ToString("N")));
        identity.AddClaim(new(UntilClaim, until.ToString("O", CultureInfo.InvariantCulture)));
    }

    /// <summary>The session of a principal; null = it has none.</summary>
    public static PortalSession? Of(ClaimsPrincipal principal) =>
        principal.FindFirstValue(IdClaim) is { } id && DateTimeOffset.TryParse(principal.FindFirstValue(UntilClaim), CultureInfo.InvariantCulture, out var until)
            ? new(id, until)
            : null;
}
