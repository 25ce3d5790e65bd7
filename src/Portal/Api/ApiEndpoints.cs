using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Portal.Authentication;

namespace Portal.Api;

/// <summary>
/// The management API: the same use cases as the pages, for scripts (docs/contracts/portal.md 3). API keys only; a cookie is not
/// accepted, so no web page can act through a signed-in browser.
/// </summary>
internal static class ApiEndpoints
{
    private const string Document = "v1";

    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context =>
                context.ProblemDetails.Extensions.TryAdd("code", context.ProblemDetails.Status is >= 500 ? "internal_error" : "bad_request")
        );
        builder.Services.AddOpenApi(
            Document,
            openApi =>
            {
                openApi.ShouldInclude = described => described.RelativePath?.StartsWith("api/", StringComparison.Ordinal) is true;
                openApi.AddDocumentTransformer(
                    (document, _, _) =>
                    {
                        document.Info.Title = "Mammut Portal";
                        return Task.CompletedTask;
                    }
                );
            }
        );
        builder.Services.AddScoped<ApiProblem>();
        builder.Services.ConfigureHttpJsonOptions(json =>
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false))
        );
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(PortalUrls.Api)
            .RequireAuthorization(new AuthorizationPolicyBuilder(ApiKeyAuthentication.Scheme).RequireAuthenticatedUser().Build())
            .AddEndpointFilter(Idempotency.FilterAsync)
            .DisableAntiforgery();
        api.MapBots();
        api.MapSites();
        api.MapDeliveries();
        api.MapConversations();
        api.MapProbe();
        // An address that does not exist answers like one that does: with a problem, never with a page. A body that is not JSON
        // matches no address either, and deserves the better reason.
        api.Map(
                "{**path}",
                (HttpRequest request, ApiProblem problem) =>
                    ApiRequest.MayHaveBody(request) && !request.HasJsonContentType()
                        ? problem.Of(new("json_required"))
                        : problem.Of(new("not_found"), StatusCodes.Status404NotFound)
            )
            .ExcludeFromDescription();

        app.MapOpenApi(PortalUrls.OpenApi)
            .RequireAuthorization(
                new AuthorizationPolicyBuilder(ApiKeyAuthentication.Scheme, CookieAuthenticationDefaults.AuthenticationScheme)
                    .RequireAuthenticatedUser()
                    .Build()
            );
    }
}
