using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Mammut.Graph;

/// <summary>The JSON body of a graph request.</summary>
internal static class GraphBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The object, or null when the body is not a JSON object.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: request.HttpContext.RequestAborted) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A property that is a text; null when it is missing or anything else.</summary>
    public static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A property that is a number, or the <c>id</c> of a link such as <c>in@room</c>; null when it is missing or anything else.</summary>
    public static long? Number(this JsonObject body, string name)
    {
        var node = body[name] is JsonObject link ? link["id"] : body[name];
        return node is JsonValue value && value.TryGetValue<long>(out var number) ? number : null;
    }
}
