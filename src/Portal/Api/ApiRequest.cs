using System.Text.Json;
using System.Text.Json.Nodes;
using Core.Outcomes;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Portal.Api;

/// <summary>Reads the JSON of a request. What cannot be read is an error like any other, with a code and the place of the fault.</summary>
internal static class ApiRequest
{
    public static async Task<Result<T>> ReadAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            return new Error("json_required");
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            var body = await context.Request.ReadFromJsonAsync<JsonNode>(options, context.RequestAborted);
            return NullIsAbsent.In(body).Deserialize<T>(options) is { } read ? read : new Error("invalid_json").With("path", "$");
        }
        // A name that stands twice, or is no text, is found only when it is looked for.
        catch (Exception e) when (e is JsonException or ArgumentException or InvalidOperationException)
        {
            // The message quotes nothing of the body, only where it went wrong.
            return new Error("invalid_json").With("path", (e as JsonException)?.Path ?? "$");
        }
    }

    /// <summary>As <see cref="ReadAsync"/>, where nothing is as good as <c>{}</c>.</summary>
    public static async Task<Result<T>> ReadOptionalAsync<T>(HttpContext context)
        where T : class, new() => await IsEmptyAsync(context.Request) ? new T() : await ReadAsync<T>(context);

    /// <summary>Whether a body may follow, by its length or in chunks, which announce none: most clients send JSON so.</summary>
    public static bool MayHaveBody(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestBodyDetectionFeature>().CanHaveBody;

    private static async Task<bool> IsEmptyAsync(HttpRequest request)
    {
        if (!MayHaveBody(request))
            return true;
        request.EnableBuffering();
        var read = await request.Body.ReadAsync(new byte[1], request.HttpContext.RequestAborted);
        request.Body.Position = 0;
        return read == 0;
    }
}
