using System.Net;
using OpenIddict.Abstractions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sandbox.Identity;

/// <summary>
/// The one client: public, with PKCE, and at home on any port of this machine, as RFC 8252 7.3 has it for native applications.
/// </summary>
internal static class PortalClient
{
    public const string Id = "mammut-portal";
    public const string SignInPath = "/signin-oidc";
    public const string SignedOutPath = "/signout-callback-oidc";

    public static ValueTask ValidateAsync(ValidateAuthorizationRequestContext context)
    {
        if (context.ClientId != Id)
            context.Reject(OpenIddictConstants.Errors.InvalidClient, $"The only client is {Id}.");
        else if (!IsLocal(context.RedirectUri, SignInPath))
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, $"The redirect_uri must be {SignInPath} on this machine.");
        return default;
    }

    public static ValueTask ValidateAsync(ValidateTokenRequestContext context)
    {
        if (context.ClientId != Id)
            context.Reject(OpenIddictConstants.Errors.InvalidClient, $"The only client is {Id}.");
        return default;
    }

    public static ValueTask ValidateAsync(ValidateEndSessionRequestContext context)
    {
        if (context.PostLogoutRedirectUri is { Length: > 0 } uri && !IsLocal(uri, SignedOutPath))
            context.Reject(OpenIddictConstants.Errors.InvalidRequest, $"The post_logout_redirect_uri must be {SignedOutPath} on this machine.");
        return default;
    }

    private static bool IsLocal(string? address, string path) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.AbsolutePath == path
        && (uri.Host == "localhost" || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));
}
