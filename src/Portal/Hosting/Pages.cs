using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Localization;
using Portal.Components;
using Portal.Components.Shared;

namespace Portal.Hosting;

/// <summary>The pages: Blazor Server, in Spanish and English.</summary>
internal static class Pages
{
    /// <summary>Languages of the portal; the first is used when a browser asks for neither.</summary>
    public static readonly string[] Languages = ["es", "en"];

    // A settings page or a list of rules crosses the line in one piece: the longest text that a field takes, in the widest letters.
    private const int LongestMessage = 4 * TextField.Longest;

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRequestLocalization(options =>
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages)
        );
        builder.Services.AddRazorComponents().AddInteractiveServerComponents().AddHubOptions(hub => hub.MaximumReceiveMessageSize = LongestMessage);
        builder.Services.AddScoped<CircuitOrder>().AddScoped<CircuitHandler>(services => services.GetRequiredService<CircuitOrder>());
        // Styles and scripts of packages have no compressed form under the address that never changes. Nothing else: a page holds secrets of its reader.
        builder.Services.AddResponseCompression(options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/css", "text/javascript"]));
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddSingleton<SandboxCustomer>();
        builder.Services.AddFace();
    }

    public static void UseErrors(this WebApplication app)
    {
        // A request that cannot be bound is the caller's fault, not ours.
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = fault => fault is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
            }
        );
        // What brought a body of its own (the API, the webhooks) stays; an empty 404 becomes a page with a way on.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
    }

    public static void MapPages(this WebApplication app)
    {
        app.UseResponseCompression();
        app.MapStaticAssets();
        app.MapGet(PortalUrls.Culture, SwitchLanguage).ExcludeFromDescription();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    private static IResult SwitchLanguage(HttpContext context, string culture, string? returnUrl)
    {
        if (Languages.Contains(culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, IsEssential = true }
            );
        }
        return Results.LocalRedirect(OnThisHost(returnUrl));
    }

    // Read and written anew, because a header takes neither control characters nor letters beyond ASCII; and looked at once more,
    // because "/.//host" becomes "//host" on the way.
    private static string OnThisHost(string? returnUrl)
    {
        var here = new Uri("http://localhost/");
        var path = Uri.TryCreate(here, returnUrl, out var url) && url.Authority == here.Authority ? url.PathAndQuery : "/";
        return path is ['/', not '/' and not '\\', ..] ? path : "/";
    }
}
