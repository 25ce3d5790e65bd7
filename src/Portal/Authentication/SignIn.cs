using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Portal.Hosting;

namespace Portal.Authentication;

/// <summary>OpenID Connect: authorization code with PKCE, and sign-out at the provider too.</summary>
internal static class SignIn
{
    public static void AddSignIn(this WebApplicationBuilder builder)
    {
        builder
            .Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(cookie =>
            {
                // Cookies are shared across the ports of a host: a name of its own keeps the sandbox's and other portals' apart.
                cookie.Cookie.Name = ".Mammut.Portal";
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.ForwardChallenge = OpenIdConnectDefaults.AuthenticationScheme;
                cookie.AccessDeniedPath = PortalUrls.NoAccess;
                // The role is that of the sign-in: after a working day the provider is asked again, however busy the session was.
                cookie.ExpireTimeSpan = TimeSpan.FromHours(10);
                cookie.SlidingExpiration = false;
                cookie.Events.OnSigningIn = BeginSession;
                cookie.Events.OnSigningOut = EndSession;
                cookie.Events.OnValidatePrincipal = RefuseSignedOut;
            })
            .AddOpenIdConnect()
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.Scheme, null);
        builder.Services.AddSingleton<IConfigureOptions<OpenIdConnectOptions>, ConfigureOidc>();
        builder.Services.Configure<OidcSettings>(builder.Configuration.GetSection(OidcSettings.Section));
        builder
            .Services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireClaim(PortalRole.Claim).Build());
        builder.Services.AddSingleton<SignedOutSessions>();
        builder.Services.AddScoped<CircuitSession>().AddScoped<AuthenticationStateProvider>(services => services.GetRequiredService<CircuitSession>());
        builder.Services.AddScoped<CircuitHandler, CircuitGuard>();
        builder.Services.AddCascadingAuthenticationState();
        builder.Services.AddScoped<CurrentActor>();
    }

    public static void MapSignOut(this WebApplication app) =>
        app.MapPost(
            PortalUrls.SignOut,
            async (HttpContext context, IAntiforgery antiforgery) =>
            {
                if (!await antiforgery.IsRequestValidAsync(context))
                    return Results.BadRequest();
                return Results.SignOut(
                    new AuthenticationProperties { RedirectUri = "/" },
                    [CookieAuthenticationDefaults.AuthenticationScheme, OpenIdConnectDefaults.AuthenticationScheme]
                );
            }
        );

    // The cookie's own end is set by now.
    private static Task BeginSession(CookieSigningInContext context)
    {
        PortalSession.Begin((ClaimsIdentity)context.Principal!.Identity!, context.Properties.ExpiresUtc!.Value);
        return Task.CompletedTask;
    }

    // By our own button, or by the provider that the person signed out at.
    private static Task EndSession(CookieSigningOutContext context)
    {
        if (PortalSession.Of(context.HttpContext.User) is { } session)
            context.HttpContext.RequestServices.GetRequiredService<SignedOutSessions>().Add(session);
        return Task.CompletedTask;
    }

    // A cookie that was copied outlives the one that is deleted.
    private static Task RefuseSignedOut(CookieValidatePrincipalContext context)
    {
        if (PortalSession.Of(context.Principal!) is { } session && context.HttpContext.RequestServices.GetRequiredService<SignedOutSessions>().Contains(session))
            context.RejectPrincipal();
        return Task.CompletedTask;
    }

    // Configured on first use, when the listen address is known: the sandbox's provider lives on it.
    private sealed class ConfigureOidc(IOptions<OidcSettings> settings, ListenAddress listen, IConfiguration configuration)
        : IConfigureNamedOptions<OpenIdConnectOptions>
    {
        public void Configure(OpenIdConnectOptions options) => Configure(Options.DefaultName, options);

        public void Configure(string? name, OpenIdConnectOptions options)
        {
            var oidc = settings.Value;
            var sandbox = configuration.SandboxEnabled() && string.IsNullOrEmpty(oidc.Authority);
            options.Authority = sandbox ? listen.Local + "/sandbox/identity/" : oidc.Authority;
            options.RequireHttpsMetadata = !new Uri(options.Authority!).IsLoopback;
            options.ClientId = oidc.ClientId;
            options.ClientSecret = oidc.ClientSecret;
            options.ResponseType = OpenIdConnectResponseType.Code;
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.SaveTokens = false;
            options.CallbackPath = PortalUrls.SignInCallback;
            options.SignedOutCallbackPath = PortalUrls.SignOutCallback;
            options.TokenValidationParameters.NameClaimType = "name";
            options.Scope.Clear();
            foreach (var scope in oidc.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                options.Scope.Add(scope);
            if (options.RequireHttpsMetadata is false)
            {
                // Over plain http on loopback a cross-site cookie would not be kept.
                options.NonceCookie.SameSite = options.CorrelationCookie.SameSite = SameSiteMode.Lax;
                options.NonceCookie.SecurePolicy = options.CorrelationCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            }
            options.Events.OnTokenValidated = context =>
            {
                PortalRole.Grant((ClaimsIdentity)context.Principal!.Identity!, oidc);
                return Task.CompletedTask;
            };
        }
    }
}
