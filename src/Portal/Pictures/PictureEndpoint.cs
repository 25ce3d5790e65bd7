using Core.Freshchat;
using Core.Security;
using Portal.Authentication;

namespace Portal.Pictures;

/// <summary>Gives people's browsers the pictures of agents, from the portal itself.</summary>
internal static class PictureEndpoint
{
    public static void AddPictures(this WebApplicationBuilder builder) => builder.Services.AddMemoryCache().AddSingleton<PictureAddress>();

    public static void MapPictures(this WebApplication app) =>
        // Whoever may not see it is told that there is none: a picture that led to the provider would begin a sign-in that nobody asked for.
        app.MapGet(PortalUrls.AgentPicture, ReadAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> ReadAsync(HttpContext context, PictureAddress address, AgentPictures pictures, CancellationToken cancel, string? of = null)
    {
        if (!context.User.ToActor().May(Role.Viewer) || address.Open(of) is not { } url || await pictures.ReadAsync(url, cancel) is not { } picture)
            // With a body, if an empty one: without it the page for addresses that do not exist would be put in its place.
            return Results.Text("", statusCode: StatusCodes.Status404NotFound);
        context.Response.Headers.CacheControl = "private, max-age=86400";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(picture.Content, picture.Kind);
    }
}
