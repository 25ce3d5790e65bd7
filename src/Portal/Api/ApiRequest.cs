using System.Text.Json;
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
            return await context.Request.ReadFromJsonAsync<T>(options, context.RequestAborted) is { } read
                ? read
                : new Error("invalid_json").With("path", "$");
        }
        catch (JsonException e)
        {
            // The message quotes nothing of the body, only where it went wrong.
            return new Error("invalid_json").With("path", e.Path ?? "$");
        }
    }
}
