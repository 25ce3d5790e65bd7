using System.Text.Json;
using System.Text.Json.Nodes;
using Core.Outcomes;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Portal.Api;

/// <summary>JSON merge patch (RFC 7396): absent = unchanged, null = cleared.</summary>
internal static class MergePatch
{
    /// <summary>The patch of a request; it must be a JSON object.</summary>
    public static async Task<Result<JsonObject>> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
            return new Error("json_required");
        try
        {
            var read = await JsonNode.ParseAsync(context.Request.Body, new() { PropertyNameCaseInsensitive = true }, default, context.RequestAborted);
            Look(read);
            return read is JsonObject patch ? patch : new Error("invalid_json").With("path", "$");
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return new Error("invalid_json").With("path", "$");
        }
    }

    /// <summary>What <paramref name="original"/> becomes by the patch.</summary>
    public static Result<T> Apply<T>(HttpContext context, T original, JsonObject patch)
        where T : class
    {
        var options = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        try
        {
            // Read anew without regard to case: names of a request may be written in either.
            var target = JsonNode.Parse(JsonSerializer.Serialize(original, options), new() { PropertyNameCaseInsensitive = true });
            return NullIsAbsent.In(Merge(target, patch)).Deserialize<T>(options) is { } patched ? patched : new Error("invalid_json").With("path", "$");
        }
        catch (JsonException e)
        {
            // The message quotes nothing of the body.
            return new Error("invalid_json").With("path", e.Path ?? "$");
        }
    }

    // A name that stands twice is found only when it is looked for, and then it is an ArgumentException.
    private static void Look(JsonNode? node)
    {
        foreach (var child in node switch { JsonObject named => named.Select(property => property.Value), JsonArray list => list, _ => [] })
            Look(child);
    }

    internal static JsonNode? Merge(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
            return patch?.DeepClone();
        var merged = target as JsonObject ?? new JsonObject(new() { PropertyNameCaseInsensitive = true });
        foreach (var (name, value) in changes)
        {
            var old = merged[name];
            merged.Remove(name);
            if (value is not null)
                merged[name] = Merge(old, value);
        }
        return merged;
    }
}
