using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sandbox.Freshchat.Conversations;

namespace Sandbox.Freshchat;

/// <summary>JSON as Freshchat sends it, in webhooks and answers alike: compact, UTF-8, letters and signs unescaped (freshchat.md 6).</summary>
internal static class WireJson
{
    private static readonly JsonSerializerOptions Unescaped = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes that go over the wire.</summary>
    public static byte[] Bytes(JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Unescaped);

    /// <summary>The same as text.</summary>
    public static string Text(JsonNode node) => node.ToJsonString(Unescaped);

    /// <summary>The only part of a message that is nothing but text.</summary>
    public static string TextParts(string text) => Text(new JsonArray(new JsonObject { ["text"] = new JsonObject { ["content"] = text } }));

    /// <summary>A message in its full shape, the same in the REST API and in webhooks of 2025 (freshchat.md 5.7).</summary>
    public static JsonObject Message(Message message, Conversation conversation, string appId)
    {
        var shape = new JsonObject
        {
            ["bots_input"] = false,
            ["message_parts"] = JsonNode.Parse(message.Parts),
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
