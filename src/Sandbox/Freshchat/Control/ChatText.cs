using System.Text.Json.Nodes;

namespace Sandbox.Freshchat.Control;

/// <summary>What of a message a chat window can show.</summary>
internal static class ChatText
{
    /// <summary>All text parts, one a line; other parts by their kind in brackets.</summary>
    public static string Of(string parts) =>
        string.Join('\n', JsonNode.Parse(parts)!.AsArray().OfType<JsonObject>().Select(Shown));

    private static string Shown(JsonObject part) =>
        part["text"]?["content"]?.GetValue<string>() ?? $"[{part.Select(p => p.Key).FirstOrDefault() ?? "?"}]";
}
