using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sandbox.Tests;

/// <summary>The contract's example payloads, and the comparison of an answer with one.</summary>
internal static partial class Example
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "Payloads");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name + ".json"));

    public static JsonObject Json(string name) => JsonNode.Parse(Text(name))!.AsObject();

    /// <summary>
    /// Asserts that an answer is the example in everything but its ids and the moments of its dates. The order of properties is free,
    /// that of lists is not.
    /// </summary>
    public static void AssertLike(string name, JsonNode actual) => Assert.Equal(Shape(Json(name)), Shape(actual));

    private static string Shape(JsonNode node) => JsonSerializer.Serialize(Blurred(node, ""), Indented);

    private static JsonNode? Blurred(JsonNode? node, string name) =>
        node switch
        {
            JsonObject all => new JsonObject(
                all.OrderBy(p => p.Key, StringComparer.Ordinal)
                    .Select(p => new KeyValuePair<string, JsonNode?>(p.Key, Blurred(p.Value, p.Key)))
            ),
            JsonArray list => new JsonArray([.. list.Select(e => Blurred(e, name))]),
            JsonValue id when id.GetValueKind() == JsonValueKind.Number && Id().IsMatch(name) => "an id",
            JsonValue text when text.GetValueKind() == JsonValueKind.String => Date().IsMatch((string)text!)
                ? "a date"
                : Number().Replace((string)text!, "(an id)"),
            _ => node?.DeepClone(),
        };

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Portal.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder.FullName;
    }

    [GeneratedRegex("(^|-)id$|Id$")]
    private static partial Regex Id();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")]
    private static partial Regex Date();

    [GeneratedRegex(@"\(\d+\)")]
    private static partial Regex Number();
}
