using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Reliability.Tests.Model.FarSides;

/// <summary>A request as a far side sees it.</summary>
internal sealed record Request(Side Side, string Method, string Path, string? Token, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public Call Call =>
        (Side, Method) switch
        {
            (Side.Mammut, "GET") when Path.Contains("with::thought", StringComparison.Ordinal) => Call.Listen,
            (Side.Mammut, _) => Path.EndsWith("send:=thought", StringComparison.Ordinal) ? Call.Say : Call.OtherOfMammut,
            (_, "POST") => Call.Reply,
            (_, "PUT") => Call.Assign,
            _ => Path.Contains("/messages", StringComparison.Ordinal) ? Call.ReadMessages : Call.OtherOfFreshchat,
        };
}

/// <summary>An answer of a far side.</summary>
internal sealed record Answer(int Status, JsonObject Body)
{
    public static Answer Ok(JsonObject body) => new(200, body);

    public static Answer Error(int status, string word, string message) =>
        new(status, new JsonObject { ["code"] = status, ["status"] = word, ["message"] = message });

    public HttpResponseMessage ToResponse() =>
        new((HttpStatusCode)Status) { Content = new StringContent(Body.ToJsonString(), Encoding.UTF8, "application/json") };
}
