using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Sandbox.Mammut.Vertices;

namespace Sandbox.Mammut.Graph;

/// <summary>The bodies Mammut answers with (mammut.md 3).</summary>
internal static class GraphAnswer
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>One entry of a task result; the keys are camelCase, unlike every property (mammut.md 2.2).</summary>
    internal sealed record Affected(long AffectedElementId, string AffectedElementName, string AffectedElementType, string[]? TaskIdList = null);

    private sealed record TaskResultBody(string Status, IEnumerable<Affected> TaskResult);

    private sealed record ErrorBody(string Status, Error Error);

    private sealed record Error(string Code, string Message);

    public static IResult InvalidJson { get; } = Failed(400, "invalid-json", "The request body is not valid JSON");

    public static IResult InvalidUserType { get; } =
        Failed(400, "invalid-user-type", "user-type is missing or unknown; the value for a bot is \"machine\"");

    public static IResult InvalidDate { get; } = Failed(400, "invalid-date", "A date is \"now\" or ISO-8601 with an offset");

    public static IResult DuplicateEmail { get; } = Failed(409, "duplicate-main-email", "Another user already has that main-email");

    public static IResult Unavailable { get; } = Failed(503, "unavailable", "The service is unavailable");

    /// <summary>The answer that looks well by its HTTP status alone (mammut.md 3.3).</summary>
    public static IResult FailedAs200 { get; } = Results.Json(new { status = "Failed" }, Json);

    public static IResult Unknown(string vertex) => Failed(404, "unknown-vertex", $"There is no {vertex} with that id");

    public static IResult Failed(int status, string code, string message) =>
        Results.Json(new ErrorBody("Failed", new(code, message)), Json, statusCode: status);

    public static IResult Done(params IEnumerable<Affected> affected) => Results.Json(new TaskResultBody("Success", affected), Json);

    /// <summary>A read envelope; null when nothing was found.</summary>
    public static IResult Found(string vertex, params IReadOnlyCollection<JsonObject> elements)
    {
        var data = new JsonObject();
        if (elements.Count > 0)
            data[vertex] = new JsonArray([.. elements]);
        var body = new JsonObject
        {
            ["count"] = elements.Count > 0 ? 1 : 0,
            ["data"] = data,
            ["status"] = "Success",
        };
        return Results.Json(body, Json);
    }

    public static Affected Vertex(string name, long id, string[]? tasks = null) => new(id, name, "Vertex", tasks);

    public static Affected Along(Edge edge) => new(edge.Id, edge.Name, "Edge");
}
