namespace Sandbox.Storefront;

/// <summary>
/// The pages of the sandbox: two shops with a chat window each, the agents' desk and Freshchat's admin screens. Their files are part of
/// the assembly, so they are there however the sandbox runs; they ask no other host for anything.
/// </summary>
internal static class StorefrontSetup
{
    public static void AddStorefront(this IServiceCollection services) => services.AddSingleton<PageFiles>();

    public static void MapStorefront(this IEndpointRouteBuilder routes)
    {
        MapPage(routes, "", "shops");
        MapPage(routes, "/desk", "desk");
        MapPage(routes, "/admin", "admin");
        routes.MapGet(
            $"{SandboxApp.Root}/assets/{{name}}",
            (string name, PageFiles files, HttpResponse response) =>
            {
                if (files.Asset(name) is not { } asset)
                    return Results.NotFound();
                response.Headers.CacheControl = "no-cache";
                return Results.Bytes(asset.Content, asset.Type, entityTag: asset.Tag);
            }
        );
    }

    private static void MapPage(IEndpointRouteBuilder routes, string path, string page) =>
        routes.MapGet(
            SandboxApp.Root + path,
            (HttpContext http, PageFiles files) =>
            {
                var language = Language.Of(http.Request);
                var headers = http.Response.Headers;
                headers.ContentLanguage = language;
                headers.Vary = "Accept-Language";
                headers.CacheControl = "no-cache";
                headers.XContentTypeOptions = "nosniff";
                headers.ContentSecurityPolicy =
                    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
                return Results.Text(files.Page(page, language), "text/html; charset=utf-8");
            }
        );
}
