using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sandbox.Freshchat.Rest;

/// <summary>Reads what API clients send, without trusting its shape.</summary>
internal static class RequestBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The object in the body; null when the body is anything else.</summary>
    public static async Task<JsonObject?> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, documentOptions: Strict, cancellationToken: cancel) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text field; null when it is absent or no text.</summary>
    public static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
