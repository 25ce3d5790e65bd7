using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Extensions;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Sandbox.Identity;

/// <summary>Who is signed in here, and how that becomes a code for the portal.</summary>
internal static class SignIn
{
    // It holds the person's role and nothing else: there is nothing to protect, since anyone on this machine may be anyone.
    private const string Cookie = ".Mammut.Sandbox.Identity";

    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    /// <summary>Signs in whoever has been chosen before; asks otherwise, or when the portal wants it asked.</summary>
    public static IResult Authorize(HttpContext context)
    {
        var request = context.GetOpenIddictServerRequest() ?? throw new InvalidOperationException("Not an OpenID Connect request.");
        var person = Person.Find(context.Request.Cookies[Cookie]);
        var ask = request.HasPromptValue(PromptValues.Login) || request.HasPromptValue(PromptValues.SelectAccount);
        if (person is not null && !ask)
            return Results.SignIn(Principal(person, request), authenticationScheme: Scheme);
        if (request.HasPromptValue(PromptValues.None))
            return Results.Forbid(Refusal(Errors.LoginRequired, "Nobody is signed in."), [Scheme]);
        return SignInPage.Show(context, ReturnTo(request), request.UiLocales);
    }

    /// <summary>Remembers the chosen person and goes on where the portal had sent the browser.</summary>
    public static async Task<IResult> ChooseAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        if (Person.Find(form["person"]) is not { } person)
            return Results.BadRequest();
        request.HttpContext.Response.Cookies.Append(Cookie, person.Role, CookieOptions);
        return Results.LocalRedirect($"{IdentitySetup.Root}/authorize{new QueryString("?" + form["request"])}");
    }

    /// <summary>Forgets the person and sends the browser back to the portal.</summary>
    public static IResult EndSession(HttpContext context)
    {
        context.Response.Cookies.Delete(Cookie, CookieOptions);
        return Results.SignOut(new() { RedirectUri = SandboxApp.Root }, [Scheme]);
    }

    private static CookieOptions CookieOptions =>
        new()
        {
            Path = IdentitySetup.Root,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
        };

    // Without the prompt, which has been followed once the person is chosen.
    private static string ReturnTo(OpenIddictRequest request)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in request.GetParameters())
            if (name != Parameters.Prompt && (string?)value is { } text)
                query.Add(name, text);
        return query.ToQueryString().Value!.TrimStart('?');
    }

    private static ClaimsPrincipal Principal(Person person, OpenIddictRequest request)
    {
        var identity = new ClaimsIdentity(Scheme, Claims.Name, Claims.Role);
        identity.SetClaim(Claims.Subject, person.Subject);
        identity.SetClaim(Claims.Name, person.Name);
        identity.SetClaim(Claims.Email, person.Email);
        identity.SetClaim(Claims.Role, person.Role);
        identity.SetScopes(request.GetScopes());
        identity.SetDestinations(_ => [Destinations.AccessToken, Destinations.IdentityToken]);
        return new(identity);
    }

    private static AuthenticationProperties Refusal(string error, string description) =>
        new(
            new Dictionary<string, string?>
            {
                [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
                [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
            }
        );
}
