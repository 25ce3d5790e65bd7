using Microsoft.AspNetCore.Localization;
using Portal.Components;

namespace Portal.Hosting;

/// <summary>The pages: Blazor Server, in Spanish and English.</summary>
internal static class Pages
{
    /// <summary>Languages of the portal; the first is used when a browser asks for neither.</summary>
    public static readonly string[] Languages = ["es", "en"];

    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRequestLocalization(options =>
            options.SetDefaultCulture(Languages[0]).AddSupportedCultures(Languages).AddSupportedUICultures(Languages)
        );
                builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddHttpContextAccessor();
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
        app.UseStatusCodePages();
    }

    public static void MapPages(this WebApplication app)
    {
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
        return Results.LocalRedirect(returnUrl is ['/', not '/' and not '\\', ..] or "/" ? returnUrl : "/");
    }
}
