namespace Portal.Api;

internal static class ApiEndpoints
{
    public static void AddApi(this WebApplicationBuilder builder) => builder.Services.AddProblemDetails().AddOpenApi("v1");

    public static void MapApi(this WebApplication app) { }
}
