using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat;

/// <summary>JSON as Freshchat sends it, in webhooks and answers alike: compact, UTF-8, letters and signs unescaped (freshchat.md 6).</summary>
internal static class WireJson
{
    /// <summary>The bytes that go over the wire.</summary>
    public static byte[] Bytes(JsonNode node) => Encoding.UTF8.GetBytes(Text(node));

    /// <summary>The same as text.</summary>
    public static string Text(JsonNode node)
    {
        var text = new StringBuilder();
        Write(text, node);
        return text.ToString();
    }

    // Even its most relaxed encoder makes System.Text.Json escape an emoji, which Freshchat sends as it is.
    private static void Write(StringBuilder text, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                text.Append('{');
                foreach (var (name, value) in fields)
                {
                    Quote(Separate(text, '{'), name).Append(':');
                    Write(text, value);
                }
                text.Append('}');
                break;
            case JsonArray entries:
                text.Append('[');
                foreach (var entry in entries)
                    Write(Separate(text, '['), entry);
                text.Append(']');
                break;
            case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                Quote(text, value.GetValue<string>());
                break;
            default:
                text.Append(node?.ToJsonString() ?? "null");
                break;
        }
    }

    private static StringBuilder Separate(StringBuilder text, char opening) => text[^1] == opening ? text : text.Append(',');

    private static StringBuilder Quote(StringBuilder text, string content)
    {
        text.Append('"');
        foreach (var c in content)
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                < ' ' => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        return text.Append('"');
    }

    /// <summary>The only part of a message that is nothing but text.</summary>
    public static string TextParts(string text) =>
        Text(new JsonArray(new JsonObject { ["text"] = new JsonObject { ["content"] = text } }));

    /// <summary>A message in its full shape, the same in the REST API and in webhooks of 2025 (freshchat.md 5.7).</summary>
    /// <param name="message">The message.</param>
    /// <param name="conversation">Its conversation.</param>
    /// <param name="appId">The account.</param>
    /// <param name="withoutUrls">Leaves out where images and files lie, as Freshchat does while it still stores them.</param>
    public static JsonObject Message(Message message, Conversation conversation, string appId, bool withoutUrls = false)
    {
        var parts = JsonNode.Parse(message.Parts)!.AsArray();
        if (withoutUrls)
            foreach (var content in parts.OfType<JsonObject>().SelectMany(part => part).Select(part => part.Value).OfType<JsonObject>())
                content.Remove("url");
        var shape = new JsonObject
        {
            ["bots_input"] = false,
            ["message_parts"] = parts,
            ["app_id"] = appId,
            ["actor_id"] = message.ActorId,
            ["org_actor_id"] = message.OrganisationActorId,
            ["id"] = message.Id,
            ["channel_id"] = conversation.TopicId,
            ["conversation_id"] = conversation.Id,
            ["freshchat_conversation_id"] = $"{conversation.NumericId}",
            ["freshchat_channel_id"] = $"{conversation.Topic.NumericId}",
            ["interaction_id"] = message.InteractionId,
            ["message_type"] = message.Type,
            ["actor_type"] = message.ActorType,
            ["created_time"] = message.CreatedTime.Wire(),
            ["user_id"] = conversation.UserId,
            ["restrictResponse"] = false,
            ["botsPrivateNote"] = false,
            ["isBotsInput"] = false,
        };
        if (message.OrganisationActorId is null)
            shape.Remove("org_actor_id");
        return shape;
    }
}
