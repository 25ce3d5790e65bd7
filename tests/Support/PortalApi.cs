using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Support;

/// <summary>The management API as a script calls it: JSON in, status and JSON out.</summary>
public sealed class PortalApi(HttpClient http) : IDisposable
{
    /// <summary>The client beneath, with its key.</summary>
    public HttpClient Http => http;

    /// <summary>Reads; the path is the one behind <c>/api/v1/</c>.</summary>
    public Task<ApiAnswer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    /// <summary>Writes.</summary>
    public Task<ApiAnswer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, body);

    /// <summary>Sends and reads the answer; an empty one is null.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="path">The path behind <c>/api/v1/</c>.</param>
    /// <param name="body">Its body; null = none.</param>
    /// <param name="version">The tag to send as <c>If-Match</c>.</param>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, object? body, string? version = null)
    {
        using var request = new HttpRequestMessage(method, $"/api/v1/{path}");
        if (version is not null)
            request.Headers.TryAddWithoutValidation("If-Match", version);
        if (body is not null)
            // In chunks, as .NET clients send JSON; a text goes as it is, with its length.
            request.Content = body is string text ? new StringContent(text, Encoding.UTF8, "application/json") : JsonContent.Create(body);
        using var response = await http.SendAsync(request);
        return await ApiAnswer.OfAsync(response);
    }

    /// <inheritdoc />
    public void Dispose() => http.Dispose();
}

/// <summary>An answer in JSON.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Text">Its body as text.</param>
public sealed record ApiAnswer(HttpStatusCode Status, string Text)
{
    /// <summary>Its headers by name.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Its body; an error names the text that is no JSON.</summary>
    public JsonNode Json => JsonNode.Parse(Text) ?? throw new InvalidOperationException($"No JSON: {Text}");

    /// <summary>The stable <c>code</c> of a problem document.</summary>
    public string? Code => (string?)(Json as JsonObject)?["code"];

    /// <summary>Reads a response.</summary>
    public static async Task<ApiAnswer> OfAsync(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        var headers = response.Headers.Concat(response.Content.Headers);
        return new(response.StatusCode, await response.Content.ReadAsStringAsync())
        {
            Headers = headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase),
        };
    }
}
