using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Sandbox.Identity;

/// <summary>The simulated identity provider: OpenID Connect under <c>/sandbox/identity</c>, with three people and no passwords.</summary>
internal static class IdentitySetup
{
    public const string Root = $"{SandboxApp.Root}/identity";

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<IdentityKeys>();
        services.AddSingleton<ISimulatedSystem>(s => s.GetRequiredService<IdentityKeys>());
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(s => s.GetRequiredService<IdentityKeys>());
        services.AddOpenIddict().AddServer(Configure);
        LeaveKeyRingAlone(services);
    }

    /// <summary>Answers the protocol's own endpoints and checks the requests that <see cref="MapIdentity"/> goes on with.</summary>
    public static void UseIdentity(this IApplicationBuilder app) => app.UseAuthentication();

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        var identity = routes.MapGroup(Root);
        identity.MapMethods("/authorize", [HttpMethods.Get, HttpMethods.Post], SignIn.Authorize);
        identity.MapPost("/sign-in", SignIn.ChooseAsync);
        identity.MapMethods("/end-session", [HttpMethods.Get, HttpMethods.Post], SignIn.EndSession);
    }

    // Authentication brings data protection along, which would make keys in the home folder at start. Nothing here uses them.
    private static void LeaveKeyRingAlone(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        var dataProtection = typeof(DataProtectionServiceCollectionExtensions).Assembly;
        foreach (var starter in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Assembly == dataProtection).ToArray())
            services.Remove(starter);
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        // Without stores: codes and tokens carry their own content, and the one client is known by PortalClient.
        server.EnableDegradedMode();
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.Configure(o =>
        {
            o.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            o.ClientAuthenticationMethods.Clear();
            o.ClientAuthenticationMethods.Add(ClientAuthenticationMethods.None);
        });
        server.RegisterScopes(Scopes.Profile, Scopes.Email, Scopes.Roles);
        server.RegisterClaims(Claims.Name, Claims.Email, Claims.Role);
        server
            .SetConfigurationEndpointUris(".well-known/openid-configuration")
            .SetJsonWebKeySetEndpointUris(".well-known/jwks")
            .SetAuthorizationEndpointUris("authorize")
            .SetTokenEndpointUris("token")
            .SetUserInfoEndpointUris("userinfo")
            .SetEndSessionEndpointUris("end-session");
        server
            .UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough()
            .EnableEndSessionEndpointPassthrough()
            .DisableTransportSecurityRequirement();

        // The issuer and every endpoint lie below our root, on whatever host the request was sent to.
        server.AddEventHandler<ProcessRequestContext>(handler =>
            handler
                .UseInlineHandler(context =>
                {
                    context.BaseUri = context.BaseUri is { } host ? new Uri(host, Root + "/") : null;
                    return default;
                })
                .SetOrder(OpenIddictServerAspNetCoreHandlers.ResolveRequestUri.Descriptor.Order + 1)
        );
        server.AddEventHandler<ValidateAuthorizationRequestContext>(h => h.UseInlineHandler(PortalClient.ValidateAsync));
        server.AddEventHandler<ValidateTokenRequestContext>(h => h.UseInlineHandler(PortalClient.ValidateAsync));
        server.AddEventHandler<ValidateEndSessionRequestContext>(h => h.UseInlineHandler(PortalClient.ValidateAsync));
        // Signing out ends whatever session there is: a hint from an earlier life of the sandbox must not stand in its way.
        server.AddEventHandler<ExtractEndSessionRequestContext>(h =>
            h.UseInlineHandler(context =>
            {
                context.Request?.IdTokenHint = null;
                return default;
            }).SetOrder(int.MaxValue)
        );
        server.AddEventHandler<HandleUserInfoRequestContext>(h =>
            h.UseInlineHandler(context =>
            {
                foreach (var claim in context.AccessTokenPrincipal.Claims.Where(c => c.Type is Claims.Name or Claims.Email or Claims.Role))
                    context.Claims[claim.Type] = claim.Value;
                return default;
            })
        );
    }
}
