using System.Text.Json;
using System.Text.Json.Nodes;
using Core.Outcomes;
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
}
