using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Core.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Api;

namespace Portal.Authentication;

/// <summary>API keys for <c>/api/v1</c>: <c>Authorization: Bearer</c>, never a cookie, never a redirect (docs/contracts/portal.md 1, 3).</summary>
internal sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    IConfiguration configuration
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "ApiKey";

    /// <summary>Setting that holds a key with role admin, accepted from the first start.</summary>
    public const string BootstrapKey = "Api:BootstrapKey";

    private const string Prefix = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (configuration[BootstrapKey] is not { Length: > 0 } known || !Same(header[Prefix.Length..].Trim(), known))
            return Task.FromResult(AuthenticateResult.Fail("Unknown API key."));

        var identity = new ClaimsIdentity(
            [new Claim("name", "API"), new Claim(PortalRole.Claim, nameof(Role.Admin))],
            Scheme,
            "name",
            PortalRole.Claim
        );
        return Task.FromResult(AuthenticateResult.Success(new(new ClaimsPrincipal(identity), Scheme)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => RefuseAsync(StatusCodes.Status401Unauthorized, "api_key_required");

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => RefuseAsync(StatusCodes.Status403Forbidden, "role_too_low");

    private Task RefuseAsync(int status, string code)
    {
        if (status is StatusCodes.Status401Unauthorized)
            Response.Headers.WWWAuthenticate = "Bearer";
        return Context.RequestServices.GetRequiredService<ApiProblem>().Of(new(code), status).ExecuteAsync(Context);
    }

    // Hashing first makes the comparison independent of both lengths.
    private static bool Same(string given, string known) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(known)));
}
