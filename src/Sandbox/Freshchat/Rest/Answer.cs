using System.Text.Json.Nodes;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat.Rest;

/// <summary>An answer of the REST API: JSON as on the wire, with its status.</summary>
internal sealed class Answer(JsonNode body, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Whether it tells of something done.</summary>
    public bool Succeeded => status < StatusCodes.Status400BadRequest;

    /// <summary>The error body <c>{code,status,message}</c> (freshchat.md 3.1).</summary>
    public static Answer Of(Refusal refusal) =>
        new(
            new JsonObject
            {
                ["code"] = refusal.Code,
                ["status"] = refusal.Status,
                ["message"] = refusal.Message,
            },
            refusal.Code
        );

    /// <summary>The value in its shape, or the refusal.</summary>
    public static Answer Of<T>(Outcome<T> outcome, Func<T, JsonNode> shape)
        where T : class => outcome.Refused(out var refusal, out var value) ? Of(refusal) : new(shape(value));

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = WireJson.Bytes(body);
        httpContext.Response.StatusCode = status;
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
